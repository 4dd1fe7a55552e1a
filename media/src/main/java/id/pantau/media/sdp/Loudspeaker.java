package id.pantau.media.sdp;

import id.pantau.media.Codec;
import java.util.List;
import java.util.Optional;

/// The media of a description that takes sound to the camera: its audio backchannel (ONVIF
/// Streaming Specification §5.3).
///
/// @param codec PCMU or PCMA, at 8 kHz in one channel
/// @param payloadType 0..127
public record Loudspeaker(MediaDescription media, Codec codec, int payloadType) {
    private static final int RATE_HZ = 8_000;

    /// The first that takes G.711.
    public static Optional<Loudspeaker> find(SessionDescription description) {
        for (MediaDescription media : list(description)) {
            for (PayloadFormat payload : description.payloads(media)) {
                Optional<Loudspeaker> found =
                        payload.track()
                                .filter(track ->
                                        track.codec() == Codec.PCMU || track.codec() == Codec.PCMA)
                                .filter(track ->
                                        track.clockRateHz() == RATE_HZ && track.channels() == 1)
                                .map(track ->
                                        new Loudspeaker(media, track.codec(), track.payloadType()));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /// Every media that takes sound, of whatever codec. Servers that call all they send `sendonly`,
    /// as SDP itself means it, say so of their video, too, and take nothing.
    public static List<MediaDescription> list(SessionDescription description) {
        boolean sends =
                description.media().stream()
                        .anyMatch(media -> media.isVideo() && isSendOnly(media));
        return sends
                ? List.of()
                : description.media().stream()
                        .filter(media -> media.isAudio() && isSendOnly(media))
                        .toList();
    }

    private static boolean isSendOnly(MediaDescription media) {
        return media.direction().equals(Optional.of(Direction.SENDONLY));
    }
}
