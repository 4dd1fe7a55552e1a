package id.pantau.media.webrtc;

import java.net.Inet6Address;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes an answer (RFC 9429 §5.3) of an ICE-lite peer with one transport.
final class AnswerText {
    static final String CNAME = "pantau";

    /// RFC 8445 §5.1.2.1: type preference 126, UDP before TCP (RFC 6544 §4.2).
    private static final long UDP_PRIORITY = (126L << 24) | (65_535L << 8) | 255;

    private static final long TCP_PRIORITY = (90L << 24) | (8191L << 8) | 255;

    private final StringBuilder text = new StringBuilder();
    private final Agreement agreement;
    private final IceCredentials ours;
    private final String fingerprint;
    private final List<HostCandidate> candidates;
    private boolean candidatesSaid;

    private AnswerText(
            Agreement agreement,
            IceCredentials ours,
            String fingerprint,
            List<HostCandidate> candidates) {
        this.agreement = agreement;
        this.ours = ours;
        this.fingerprint = fingerprint;
        this.candidates = candidates;
    }

    /// @param fingerprint of our certificate: `sha-256 AB:CD:…`
    static String write(
            Agreement agreement,
            IceCredentials ours,
            String fingerprint,
            List<HostCandidate> candidates) {
        return new AnswerText(agreement, ours, fingerprint, candidates).write();
    }

    private String write() {
        line("v=0");
        line("o=- %d 1 IN IP4 127.0.0.1".formatted(System.currentTimeMillis()));
        line("s=-");
        line("t=0 0");
        String mids =
                agreement.offer().sections().stream()
                        .filter(section -> agreement.at(section).isPresent())
                        .map(Offer.Section::mid)
                        .filter(mid -> !mid.isEmpty())
                        .collect(Collectors.joining(" "));
        if (!mids.isEmpty() && !agreement.offer().bundled().isEmpty()) {
            line("a=group:BUNDLE " + mids);
        }
        line("a=ice-lite");
        line("a=msid-semantic: WMS *");
        for (Offer.Section section : agreement.offer().sections()) {
            agreement.at(section).ifPresentOrElse(this::accepted, () -> refused(section));
        }
        return text.toString();
    }

    private void accepted(AgreedTrack track) {
        Integer again = track.retransmission();
        int type = track.payload().payloadType();
        line(
                "m=%s 9 %s %d%s"
                        .formatted(
                                track.isVideo() ? "video" : "audio",
                                track.section().media().protocol(),
                                type,
                                again == null ? "" : " " + again));
        line("c=IN IP4 0.0.0.0");
        if (!track.section().mid().isEmpty()) {
            line("a=mid:" + track.section().mid());
        }
        line(agreement.sends() ? "a=sendonly" : "a=recvonly");
        line("a=rtcp-mux");
        if (track.section().media().attribute("rtcp-rsize").isPresent()) {
            line("a=rtcp-rsize");
        }
        line("a=ice-ufrag:" + ours.ufrag());
        line("a=ice-pwd:" + ours.password());
        line("a=fingerprint:" + fingerprint);
        line("a=setup:passive");
        format(track, type, again);
        if (agreement.sends()) {
            sources(track, again);
        }
        if (!candidatesSaid) {
            candidatesSaid = true; // the first section's are everybody's (RFC 9143 §7.1.3)
            candidates.forEach(this::candidate);
            line("a=end-of-candidates");
        }
    }

    private void format(AgreedTrack track, int type, @Nullable Integer again) {
        String rate = "/" + track.payload().clockRateHz();
        String channels = track.payload().channels() > 1 ? "/" + track.payload().channels() : "";
        line("a=rtpmap:%d %s%s%s".formatted(type, track.payload().encoding(), rate, channels));
        String fmtp = track.payload().fmtp();
        if (fmtp != null) {
            line("a=fmtp:%d %s".formatted(type, fmtp));
        }
        if (track.isVideo()) {
            line("a=rtcp-fb:%d nack".formatted(type));
            line("a=rtcp-fb:%d nack pli".formatted(type));
            line("a=rtcp-fb:%d ccm fir".formatted(type));
        }
        if (again != null) {
            line("a=rtpmap:%d rtx/90000".formatted(again));
            line("a=fmtp:%d apt=%d".formatted(again, type));
        }
    }

    private void sources(AgreedTrack track, @Nullable Integer again) {
        String name = track.isVideo() ? "video" : "audio";
        line("a=msid:%s %s".formatted(CNAME, name));
        String first = Integer.toUnsignedString(track.ssrc());
        if (again != null) {
            String second = Integer.toUnsignedString(track.retransmissionSsrc());
            line("a=ssrc-group:FID %s %s".formatted(first, second));
            line("a=ssrc:%s cname:%s".formatted(first, CNAME));
            line("a=ssrc:%s cname:%s".formatted(second, CNAME));
        } else {
            line("a=ssrc:%s cname:%s".formatted(first, CNAME));
        }
    }

    private void candidate(HostCandidate candidate) {
        String address = candidate.address().getHostAddress();
        if (candidate.address() instanceof Inet6Address && address.indexOf('%') >= 0) {
            address = address.substring(0, address.indexOf('%'));
        }
        int preference = candidates.indexOf(candidate); // in the order of the settings
        line(
                candidate.tcp()
                        ? "a=candidate:%d 1 tcp %d %s %d typ host tcptype passive"
                                .formatted(
                                        preference + 1,
                                        TCP_PRIORITY - ((long) preference << 8),
                                        address,
                                        candidate.port())
                        : "a=candidate:%d 1 udp %d %s %d typ host"
                                .formatted(
                                        preference + 1,
                                        UDP_PRIORITY - ((long) preference << 8),
                                        address,
                                        candidate.port()));
    }

    /// As it was offered, with a port of 0.
    private void refused(Offer.Section section) {
        List<String> formats = section.media().formats();
        line(
                "m=%s 0 %s %s"
                        .formatted(
                                section.media().kind().isEmpty() ? "-" : section.media().kind(),
                                section.media().protocol().isEmpty()
                                        ? "-"
                                        : section.media().protocol(),
                                formats.isEmpty() ? "0" : String.join(" ", formats)));
        line("c=IN IP4 0.0.0.0");
        if (!section.mid().isEmpty()) {
            line("a=mid:" + section.mid());
        }
        line("a=inactive");
    }

    private void line(String line) {
        text.append(line).append("\r\n");
    }
}
