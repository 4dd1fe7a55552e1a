package id.pantau.media.webrtc;

import id.pantau.media.Codec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was agreed, for people to read.
///
/// @param video null when none flows
/// @param audio null when none flows
/// @param remarks what will be missing or may look wrong; each kind once
public record AnswerFacts(@Nullable Codec video, @Nullable Codec audio, List<Remark> remarks) {
    public AnswerFacts {
        remarks = List.copyOf(remarks);
    }

    /// @param detail one English sentence
    public record Remark(Kind kind, String detail) {}

    public enum Kind {
        /// The stream has sound that no WebRTC client plays (AAC), or not in this shape.
        AUDIO_CODEC_NOT_PLAYABLE,
        /// The stream has sound, and the peer's offer has no place or no codec for it.
        AUDIO_NOT_OFFERED,
        /// The peer offers video that we do not take beside sound that we do, or the other way.
        VIDEO_NOT_OFFERED,
        /// Pictures are stored in another order than shown: WebRTC clients show them jerkily.
        PICTURES_REORDERED,
        /// The peer says it decodes other profiles of the codec than the stream's; most decode it
        /// anyway.
        PROFILE_NOT_OFFERED
    }
}
