package id.pantau.server.recording;

import id.pantau.media.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One recorded file, or the part of a running one that is on disk.
///
/// @param id unique; the file's name without `.mp4`
/// @param start UTC, whole milliseconds, by the server's clock
/// @param end exclusive; segments of one camera never overlap
/// @param recorded the span less the holes inside it
/// @param volume id of the volume that holds it
/// @param sizeBytes of the whole file; of an open one, up to its last whole fragment
/// @param reason why it was recorded: words of [Reason] with commas between, `motion,object`
/// @param open whether it is still being written
public record Segment(
        String id,
        String camera,
        String stream,
        Instant start,
        Instant end,
        Duration recorded,
        String volume,
        long sizeBytes,
        String reason,
        @Nullable Codec videoCodec,
        @Nullable Codec audioCodec,
        boolean locked,
        boolean open) {
    /// Words of [Reason], in its order.
    public List<String> reasons() {
        return Reason.words(reason);
    }

    long startMs() {
        return start.toEpochMilli();
    }

    long endMs() {
        return end.toEpochMilli();
    }
}
