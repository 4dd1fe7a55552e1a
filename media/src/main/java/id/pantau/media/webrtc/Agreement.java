package id.pantau.media.webrtc;

import id.pantau.media.Codec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an offer and a stream have in common.
///
/// @param sends whether we are the one who sends
record Agreement(
        Offer offer,
        boolean sends,
        @Nullable AgreedTrack video,
        @Nullable AgreedTrack audio,
        List<AnswerFacts.Remark> remarks) {
    AnswerFacts facts() {
        return new AnswerFacts(codec(video), codec(audio), remarks);
    }

    /// The track that stands at a section of the offer.
    Optional<AgreedTrack> at(Offer.Section section) {
        if (video != null && video.section() == section) {
            return Optional.of(video);
        }
        return audio != null && audio.section() == section ? Optional.of(audio) : Optional.empty();
    }

    private static @Nullable Codec codec(@Nullable AgreedTrack track) {
        return track == null ? null : track.track().codec();
    }
}
