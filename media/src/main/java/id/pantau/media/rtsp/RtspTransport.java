package id.pantau.media.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// One alternative of a Transport header (RFC 2326 §12.39), in a request or in an answer.
///
/// @param protocol `RTP/AVP`, `RTP/AVP/TCP`, `RTP/SAVP`, …; the default lower transport `/UDP` is
///   left away
/// @param delivery null when the header does not say
/// @param port of a multicast group
/// @param ssrc null when absent or no number of 32 bits in hex, as some cameras write it
/// @param mode in lower case, without quotes
public record RtspTransport(
        String protocol,
        @Nullable Delivery delivery,
        @Nullable String source,
        @Nullable String destination,
        @Nullable Pair interleaved,
        @Nullable Pair port,
        @Nullable Pair clientPort,
        @Nullable Pair serverPort,
        @Nullable Integer ttl,
        @Nullable Integer ssrc,
        @Nullable String mode) {
    public enum Delivery {
        UNICAST,
        MULTICAST
    }

    /// The two channels or ports of one media track.
    ///
    /// @param rtp 0..65535
    /// @param rtcp 0..65535, usually `rtp + 1`
    public record Pair(int rtp, int rtcp) {
        static @Nullable Pair parse(String text) {
            String[] ends = text.split("-", 2);
            try {
                int first = Integer.parseInt(ends[0].strip());
                int second = ends.length == 1 ? first + 1 : Integer.parseInt(ends[1].strip());
                boolean valid = first >= 0 && second >= 0 && first <= 65535 && second <= 65535;
                return valid ? new Pair(first, second) : null;
            } catch (NumberFormatException _) {
                return null;
            }
        }

        @Override
        public String toString() {
            return rtp + "-" + rtcp;
        }
    }

    /// What a client asks for to get a media track within the RTSP connection.
    public static RtspTransport interleaved(int rtpChannel) {
        var channels = new Pair(rtpChannel, rtpChannel + 1);
        return new RtspTransport(
                "RTP/AVP/TCP",
                Delivery.UNICAST,
                null,
                null,
                channels,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /// What a client asks for to get a media track on a pair of its UDP ports.
    public static RtspTransport udp(Pair clientPort) {
        return new RtspTransport(
                "RTP/AVP",
                Delivery.UNICAST,
                null,
                null,
                null,
                null,
                clientPort,
                null,
                null,
                null,
                null);
    }

    /// Whether it runs inside the RTSP connection.
    public boolean isInterleaved() {
        return protocol.equals("RTP/AVP/TCP") || interleaved != null;
    }

    /// Every alternative of the header, in order of preference; what cannot be read is left out.
    public static List<RtspTransport> parseAll(String header) {
        var found = new ArrayList<RtspTransport>();
        for (String alternative : header.split(",", -1)) {
            parse(alternative).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /// One alternative, its parameters in any order; empty when it names no protocol. A parameter
    /// that cannot be read counts as absent.
    public static Optional<RtspTransport> parse(String alternative) {
        var fields = new Fields();
        for (String part : alternative.split(";", -1)) {
            fields.put(part.strip());
        }
        return fields.transport();
    }

    /// As in a header.
    public String write() {
        var parts = new StringJoiner(";");
        parts.add(protocol);
        if (delivery != null) {
            parts.add(delivery.name().toLowerCase(Locale.ROOT));
        }
        put(parts, "source", source);
        put(parts, "destination", destination);
        put(parts, "interleaved", interleaved);
        put(parts, "port", port);
        put(parts, "client_port", clientPort);
        put(parts, "server_port", serverPort);
        put(parts, "ttl", ttl);
        put(parts, "ssrc", ssrc == null ? null : "%08X".formatted(ssrc));
        put(parts, "mode", mode);
        return parts.toString();
    }

    private static void put(StringJoiner parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + '=' + value);
        }
    }

    /// Collects what one alternative says.
    private static final class Fields {
        private @Nullable String protocol;
        private @Nullable Delivery delivery;
        private @Nullable String source;
        private @Nullable String destination;
        private @Nullable Pair interleaved;
        private @Nullable Pair port;
        private @Nullable Pair clientPort;
        private @Nullable Pair serverPort;
        private @Nullable Integer ttl;
        private @Nullable Integer ssrc;
        private @Nullable String mode;

        void put(String part) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                putWord(part);
                return;
            }
            String value = unquoted(part.substring(equals + 1).strip());
            switch (part.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                case "source" -> source = value.isEmpty() ? null : value;
                case "destination" -> destination = value.isEmpty() ? null : value;
                case "interleaved" -> interleaved = Pair.parse(value);
                case "port" -> port = Pair.parse(value);
                case "client_port" -> clientPort = Pair.parse(value);
                case "server_port" -> serverPort = Pair.parse(value);
                case "ttl" -> ttl = number(value, 10, 255);
                case "ssrc" -> ssrc = number(value, 16, 0xffff_ffffL);
                case "mode" -> mode = value.isEmpty() ? null : value.toLowerCase(Locale.ROOT);
                default -> {} // layers, append and vendors' own
            }
        }

        private void putWord(String word) {
            String upper = word.toUpperCase(Locale.ROOT);
            if (upper.startsWith("RTP/") && protocol == null) {
                protocol = upper.endsWith("/UDP") ? upper.substring(0, upper.length() - 4) : upper;
            } else if (upper.equals("UNICAST")) {
                delivery = Delivery.UNICAST;
            } else if (upper.equals("MULTICAST")) {
                delivery = Delivery.MULTICAST;
            }
        }

        Optional<RtspTransport> transport() {
            if (protocol == null) {
                return Optional.empty();
            }
            return Optional.of(
                    new RtspTransport(
                            protocol,
                            delivery,
                            source,
                            destination,
                            interleaved,
                            port,
                            clientPort,
                            serverPort,
                            ttl,
                            ssrc,
                            mode));
        }

        private static String unquoted(String value) {
            return value.replace("\"", "").strip();
        }

        private static @Nullable Integer number(String text, int radix, long max) {
            try {
                long value = Long.parseLong(text, radix);
                return value < 0 || value > max ? null : (int) value;
            } catch (NumberFormatException _) {
                return null;
            }
        }
    }
}
