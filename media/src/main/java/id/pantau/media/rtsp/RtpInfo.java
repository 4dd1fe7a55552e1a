package id.pantau.media.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Where one media track starts, from the RTP-Info header of a PLAY answer (RFC 2326 §12.33).
/// Numbers that do not parse are absent: cameras write `rtptime=-1`.
///
/// @param url as written, often only the control
/// @param seq 0..65535
/// @param rtptime 0..2^32-1
/// @param ssrc 0..2^32-1, in hex on the wire; not in the RFC, some cameras add it
public record RtpInfo(
        String url, @Nullable Integer seq, @Nullable Long rtptime, @Nullable Long ssrc) {
    /// Every entry with a URL, in order.
    public static List<RtpInfo> parseAll(String header) {
        var found = new ArrayList<RtpInfo>();
        for (String entry : header.split(",(?=\\s*url=)")) {
            RtpInfo info = parse(entry);
            if (!info.url.isEmpty()) {
                found.add(info);
            }
        }
        return List.copyOf(found);
    }

    public static String write(List<RtpInfo> entries) {
        var header = new StringJoiner(",");
        for (RtpInfo entry : entries) {
            header.add(entry.write());
        }
        return header.toString();
    }

    private static RtpInfo parse(String entry) {
        String url = "";
        Integer seq = null;
        Long rtptime = null;
        Long ssrc = null;
        for (String part : entry.split(";", -1)) {
            int equals = part.indexOf('=');
            String value = part.substring(equals + 1).strip();
            switch (part.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT)) {
                case "url" -> url = value;
                case "seq" -> {
                    Long number = number(value, 10, 65_535);
                    seq = number == null ? null : number.intValue();
                }
                case "rtptime" -> rtptime = number(value, 10, 0xffff_ffffL);
                case "ssrc" -> ssrc = number(value, 16, 0xffff_ffffL);
                default -> {}
            }
        }
        return new RtpInfo(url, seq, rtptime, ssrc);
    }

    private static @Nullable Long number(String text, int radix, long max) {
        try {
            long value = Long.parseLong(text, radix);
            return value < 0 || value > max ? null : (Long) value;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private String write() {
        var parts = new StringJoiner(";");
        parts.add("url=" + url);
        if (seq != null) {
            parts.add("seq=" + seq);
        }
        if (rtptime != null) {
            parts.add("rtptime=" + rtptime);
        }
        if (ssrc != null) {
            parts.add("ssrc=%08x".formatted(ssrc));
        }
        return parts.toString();
    }
}
