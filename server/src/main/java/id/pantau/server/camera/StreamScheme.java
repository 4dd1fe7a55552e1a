package id.pantau.server.camera;

import java.util.Locale;
import java.util.Optional;

/// The kinds of URLs that a camera may have.
enum StreamScheme {
    RTSP(554, true),
    RTSPS(322, true),
    RTMP(1935, false),
    RTMPS(443, false),
    HTTP(80, false),
    HTTPS(443, false),
    /// Has no usual port: the URL must name it.
    SRT(-1, false);

    private final int defaultPort;
    private final boolean withoutFfmpeg;

    StreamScheme(int defaultPort, boolean withoutFfmpeg) {
        this.defaultPort = defaultPort;
        this.withoutFfmpeg = withoutFfmpeg;
    }

    /// @param word without `://`, in any case
    static Optional<StreamScheme> find(String word) {
        for (StreamScheme scheme : values()) {
            if (scheme.word().equalsIgnoreCase(word)) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it comes without FFmpeg, too.
    boolean withoutFfmpeg() {
        return withoutFfmpeg;
    }

    /// -1 when there is none.
    int defaultPort() {
        return defaultPort;
    }
}
