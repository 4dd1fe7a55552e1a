package id.pantau.media.sdp;

import id.pantau.media.MediaKind;
import id.pantau.media.rtp.RtpTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A media track worth pulling: where it stands in the description, and how it is received.
public record TrackChoice(MediaDescription media, RtpTrack track) {
    /// The first video and the first audio media whose codec is carried; video first. A camera's
    /// loudspeaker is no media track of ours.
    public static List<TrackChoice> choose(SessionDescription description) {
        var chosen = new ArrayList<TrackChoice>();
        find(description, MediaKind.VIDEO).ifPresent(chosen::add);
        find(description, MediaKind.AUDIO).ifPresent(chosen::add);
        return List.copyOf(chosen);
    }

    private static Optional<TrackChoice> find(SessionDescription description, MediaKind kind) {
        for (MediaDescription media : description.media()) {
            boolean right = kind == MediaKind.VIDEO ? media.isVideo() : media.isAudio();
            if (!right || isLoudspeaker(description, media)) {
                continue;
            }
            for (PayloadFormat payload : description.payloads(media)) {
                Optional<RtpTrack> track = payload.track();
                if (track.isPresent() && track.get().codec().kind() == kind) {
                    return Optional.of(new TrackChoice(media, track.get()));
                }
            }
        }
        return Optional.empty();
    }

    /// ONVIF Streaming §5.3: the back channel is `sendonly` beside media that are `recvonly`. Other
    /// servers call everything they send `sendonly`, as SDP itself means it.
    private static boolean isLoudspeaker(SessionDescription description, MediaDescription media) {
        return media.direction().equals(Optional.of(Direction.SENDONLY))
                && description.media().stream()
                        .anyMatch(one -> one.direction().equals(Optional.of(Direction.RECVONLY)));
    }

    /// What a description offers, for people: `video JPEG, audio PCM`.
    public static String offered(SessionDescription description) {
        String offered =
                description.media().stream()
                        .map(media -> media.kind() + ' ' + encodings(description, media))
                        .map(String::strip)
                        .limit(8)
                        .collect(Collectors.joining(", "));
        return offered.isEmpty() ? "nothing" : offered;
    }

    private static String encodings(SessionDescription description, MediaDescription media) {
        return description.payloads(media).stream()
                .map(PayloadFormat::label)
                .limit(8)
                .collect(Collectors.joining("/"));
    }
}
