package id.pantau.media;

import org.jspecify.annotations.Nullable;

/// What one stream carries: at most one video and one audio media track, at least one of them. A
/// change of anything in here begins a new decoder configuration.
public record StreamFormat(@Nullable VideoFormat video, @Nullable AudioFormat audio) {
    public StreamFormat {
        if (video == null && audio == null) {
            throw new IllegalArgumentException("a stream needs a video or an audio media track");
        }
    }

    public boolean has(MediaKind kind) {
        return switch (kind) {
            case VIDEO -> video != null;
            case AUDIO -> audio != null;
        };
    }
}
