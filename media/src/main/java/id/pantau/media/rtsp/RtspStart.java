package id.pantau.media.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// How an RTSP message can begin: a status line, or a request of one of the methods of RFC 2326
/// §10. A method nobody knows is not worth mistaking noise for it.
final class RtspStart {
    private static final List<byte[]> STARTS =
            List.of(
                    ascii("RTSP/"),
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

    private static boolean matches(byte[] bytes, int from, int until, int enough) {
        for (byte[] start : STARTS) {
            int length = Math.min(start.length, until - from);
            if (length >= Math.min(enough, start.length) && begins(bytes, from, start, length)) {
                return true;
            }
        }
        return false;
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
