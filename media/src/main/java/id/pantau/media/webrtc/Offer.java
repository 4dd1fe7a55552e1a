package id.pantau.media.webrtc;

import id.pantau.media.Bytes;
import id.pantau.media.sdp.Direction;
import id.pantau.media.sdp.MediaDescription;
import id.pantau.media.sdp.PayloadFormat;
import id.pantau.media.sdp.SdpLine;
import id.pantau.media.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A peer's offer (RFC 9429 §5.2), as far as an ICE-lite answerer with one transport needs it.
///
/// @param ufrag the peer's ICE name
/// @param fingerprints of the certificate it will show; at least one
/// @param sections the media in order, those that cannot be used included
/// @param bundled the mids of the first BUNDLE group
record Offer(
        SessionDescription description,
        String ufrag,
        List<Fingerprint> fingerprints,
        List<Section> sections,
        Set<String> bundled) {
    static final int MAX_CHARACTERS = 64 * 1024;
    private static final int MAX_SECTIONS = 32;
    private static final int MAX_LINES = 4000;

    /// An offer that makes no sense.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /// @param algorithm as the JDK names it: `SHA-256`
    record Fingerprint(String algorithm, Bytes digest) {
        static Optional<Fingerprint> parse(String value) {
            String[] words = value.strip().split("\\s+", 2);
            String algorithm =
                    switch (words[0].toLowerCase(Locale.ROOT)) {
                        case "sha-256" -> "SHA-256";
                        case "sha-384" -> "SHA-384";
                        case "sha-512" -> "SHA-512";
                        default -> ""; // SHA-1 and older prove nothing
                    };
            if (algorithm.isEmpty() || words.length < 2 || words[1].length() > 200) {
                return Optional.empty();
            }
            try {
                byte[] digest = HexFormat.ofDelimiter(":").parseHex(words[1].strip());
                return Optional.of(new Fingerprint(algorithm, Bytes.of(digest)));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
    }

    /// One `m=` section.
    ///
    /// @param mid empty when it has none
    record Section(MediaDescription media, String mid, Direction direction) {
        boolean isOverDtls() {
            String protocol = media.protocol().toUpperCase(Locale.ROOT);
            return protocol.endsWith("TLS/RTP/SAVPF") || protocol.endsWith("TLS/RTP/SAVP");
        }

        /// A port of 0 means refused (RFC 3264 §5.1), unless it is bundled (RFC 9143 §6).
        boolean isOffered() {
            return !media.port().equals("0") || media.attribute("bundle-only").isPresent();
        }

        /// Whether the peer is ready to receive it.
        boolean isReceived() {
            return direction == Direction.RECVONLY || direction == Direction.SENDRECV;
        }

        boolean isSent() {
            return direction == Direction.SENDONLY || direction == Direction.SENDRECV;
        }
    }

    static Offer parse(String text) throws Malformed {
        if (!text.startsWith("v=0")) {
            throw new Malformed("the offer is no session description");
        }
        if (text.lines().limit(MAX_LINES + 1L).count() > MAX_LINES) {
            throw new Malformed("the offer has more than %d lines".formatted(MAX_LINES));
        }
        SessionDescription description = SessionDescription.parse(text);
        if (description.media().isEmpty() || description.media().size() > MAX_SECTIONS) {
            throw new Malformed(
                    "the offer has %d media sections".formatted(description.media().size()));
        }
        var sections = new ArrayList<Section>();
        var mids = new HashSet<String>();
        for (MediaDescription media : description.media()) {
            String mid = media.attribute("mid").orElse("");
            if (mid.length() > 64 || mid.indexOf(' ') >= 0) {
                throw new Malformed("the offer has a mid that is no token");
            }
            if (!mid.isEmpty() && !mids.add(mid)) {
                throw new Malformed("the offer has the mid %s twice".formatted(mid));
            }
            Direction direction =
                    media.direction().or(description::direction).orElse(Direction.SENDRECV);
            sections.add(new Section(media, mid, direction));
        }
        return new Offer(description, "", List.of(), List.copyOf(sections), bundle(description))
                .withTransport();
    }

    /// The transport is that of the first section that has one; BUNDLE makes it everybody's.
    private Offer withTransport() throws Malformed {
        String peer = find("ice-ufrag").orElse("");
        if (peer.isEmpty() || peer.length() > 256 || find("ice-pwd").isEmpty()) {
            throw new Malformed("the offer has no ICE credentials");
        }
        List<Fingerprint> found =
                all("fingerprint").map(Fingerprint::parse).flatMap(Optional::stream).toList();
        if (found.isEmpty() || found.size() > 8) {
            throw new Malformed("the offer has no usable certificate fingerprint");
        }
        String setup = find("setup").orElse("actpass");
        if (!setup.equals("actpass") && !setup.equals("active")) {
            throw new Malformed("the offer wants us to begin DTLS (a=setup:%s)".formatted(setup));
        }
        return new Offer(description, peer, found, sections, bundled);
    }

    /// The payload formats of a section, in the peer's order of preference.
    List<PayloadFormat> payloads(Section section) {
        return description.payloads(section.media());
    }

    /// The payload type of the retransmissions (RFC 4588) of another; null when not offered.
    static @Nullable Integer retransmissionOf(List<PayloadFormat> payloads, int payloadType) {
        for (PayloadFormat payload : payloads) {
            if ("rtx".equalsIgnoreCase(payload.encoding())
                    && Integer.toString(payloadType).equals(payload.parameters().get("apt"))) {
                return payload.payloadType();
            }
        }
        return null;
    }

    private Optional<String> find(String name) {
        return all(name).findFirst();
    }

    private Stream<String> all(String name) {
        Stream<SdpLine> lines =
                Stream.concat(
                        description.media().stream().flatMap(media -> media.lines().stream()),
                        description.lines().stream());
        String prefix = name + ':';
        return lines.filter(line -> line.type() == 'a')
                .map(SdpLine::value)
                .filter(value -> value.startsWith(prefix))
                .map(value -> value.substring(prefix.length()).strip())
                .limit(64);
    }

    private static Set<String> bundle(SessionDescription description) {
        for (SdpLine line : description.lines()) {
            if (line.type() == 'a' && line.value().startsWith("group:BUNDLE")) {
                return Set.copyOf(List.of(line.value().split("\\s+")));
            }
        }
        return Set.of();
    }
}
