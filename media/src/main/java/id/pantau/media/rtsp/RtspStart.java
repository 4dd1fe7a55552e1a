package id.pantau.media.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// How an RTSP message can begin: a status line, or a request of one of the methods of RFC 2326
/// §10. A method nobody knows is not worth mistaking noise for it.
final class RtspStart {
    private static final byte[] RTSP = ascii("RTSP/");

    /// The longest URL that cameras and players use is far shorter.
    private static final int MAX_LINE_BYTES = 8 * 1024;

    private static final List<byte[]> STARTS =
            List.of(
                    RTSP,
                    ascii("OPTIONS "),
                    ascii("DESCRIBE "),
                    ascii("SETUP "),
                    ascii("PLAY "),
                    ascii("PAUSE "),
                    ascii("TEARDOWN "),
                    ascii("GET_PARAMETER "),
                    ascii("SET_PARAMETER "),
                    ascii("ANNOUNCE "),
                    ascii("RECORD "),
                    ascii("REDIRECT "));

    private RtspStart() {}

    /// Whether the bytes begin one of them, or would with more bytes behind.
    static boolean isPossible(byte[] bytes, int from, int until) {
        return matches(bytes, from, until, 1);
    }

    /// Whether the bytes hold the whole beginning.
    static boolean isCertain(byte[] bytes, int from, int until) {
        return matches(bytes, from, until, Integer.MAX_VALUE);
    }

    /// Whether the line that begins there can be a status line or a request line as a whole: with a
    /// status of three digits, or with `RTSP/` as its last word (RFC 2326 §6.1 and §7.1).
    static boolean isLine(byte[] bytes, int from, int until) {
        int end = from;
        while (end < until && end - from < MAX_LINE_BYTES && bytes[end] != '\n') {
            end++;
        }
        while (end > from && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
            end--;
        }
        if (isThere(bytes, from, end)) {
            int at = from;
            while (at < end && bytes[at] > ' ') {
                at++;
            }
            while (at < end && isBlank(bytes[at])) {
                at++;
            }
            return end - at >= 3
                    && isDigit(bytes[at])
                    && isDigit(bytes[at + 1])
                    && isDigit(bytes[at + 2]);
        }
        int word = end;
        while (word > from && bytes[word - 1] != ' ') {
            word--;
        }
        return isThere(bytes, word, end);
    }

    private static boolean matches(byte[] bytes, int from, int until, int enough) {
        for (byte[] start : STARTS) {
            int length = Math.min(start.length, until - from);
            if (length >= Math.min(enough, start.length) && begins(bytes, from, start, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isThere(byte[] bytes, int from, int until) {
        return until - from >= RTSP.length && begins(bytes, from, RTSP, RTSP.length);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\f' || b == 0x0b;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean begins(byte[] bytes, int from, byte[] start, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
