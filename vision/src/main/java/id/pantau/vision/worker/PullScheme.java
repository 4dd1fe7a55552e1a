package id.pantau.vision.worker;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What FFmpeg is told for a kind of URL.
///
/// @param protocols all that may be opened for it, in FFmpeg's names, so that a playlist cannot
///   lead to files or to anything else
/// @param options of the demuxer and the protocol
record PullScheme(String protocols, Map<String, String> options) {
    private static final PullScheme HTTP =
            new PullScheme("http,https,httpproxy,tcp,tls,crypto", Map.of("user_agent", "Pantau"));

    /// `timeout` is not for RTMP: there it means to listen.
    private static final PullScheme RTMP = new PullScheme("rtmp,tcp", Map.of("rtmp_live", "live"));

    private static final PullScheme RTMPS =
            new PullScheme("rtmps,tls,tcp", Map.of("rtmp_live", "live"));
    private static final PullScheme SRT = new PullScheme("srt", Map.of("mode", "caller"));
    private static final PullScheme RTSP =
            new PullScheme("rtp,udp,tcp,tls", Map.of("rtsp_transport", "tcp"));

    PullScheme {
        options = Map.copyOf(options);
    }

    /// @return null for a kind that is not read
    static @Nullable PullScheme of(String url) {
        int end = url.indexOf("://");
        return switch (end < 0 ? "" : url.substring(0, end).toLowerCase(Locale.ROOT)) {
            case "http", "https" -> HTTP;
            case "rtmp" -> RTMP;
            case "rtmps" -> RTMPS;
            case "srt" -> SRT;
            case "rtsp", "rtsps" -> RTSP;
            default -> null;
        };
    }
}
