package id.pantau.vision.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A stream to be read through FFmpeg.
///
/// @param url without user information; what it names has been allowed by the caller
/// @param username null when none is needed
/// @param password null when none is needed; it travels on the socket alone, never in an argument
///   or a log
/// @param httpProxy what HTTP and HTTPS have to go through, with its user information; null for
///   none, and of no meaning for other protocols
/// @param connectLimit until FFmpeg has the stream open, and once more until it knows its codecs
/// @param silenceLimit without a packet; HLS, which comes a segment at a time, is given three times
///   as much
public record PullRequest(
        String url,
        @Nullable String username,
        @Nullable String password,
        @Nullable String httpProxy,
        Duration connectLimit,
        Duration silenceLimit)
        implements JobRequest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /// With the limits of every other camera: 10 s.
    public static PullRequest of(String url, @Nullable String username, @Nullable String password) {
        return new PullRequest(url, username, password, null, LIMIT, LIMIT);
    }

    /// The same, by way of a proxy.
    public PullRequest through(@Nullable String proxy) {
        return new PullRequest(url, username, password, proxy, connectLimit, silenceLimit);
    }

    @Override
    public String toString() {
        return "a stream read through FFmpeg"; // a URL may hold a password in its query
    }
}
