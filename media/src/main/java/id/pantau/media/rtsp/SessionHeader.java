package id.pantau.media.rtsp;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Session header (RFC 2326 §12.37): which RTSP session, and how long it lives without a sign
/// of life.
///
/// @param timeout as written, whole seconds; null when absent or no positive number
public record SessionHeader(String id, @Nullable Duration timeout) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    /// Empty when there is no id.
    public static Optional<SessionHeader> parse(String header) {
        String[] parts = header.split(";", -1);
        String id = parts[0].strip();
        Duration timeout = null;
        for (int i = 1; i < parts.length && timeout == null; i++) {
            String part = parts[i].strip();
            if (part.regionMatches(true, 0, "timeout=", 0, 8)) {
                timeout = seconds(part.substring(8).strip());
            }
        }
        return id.isEmpty() ? Optional.empty() : Optional.of(new SessionHeader(id, timeout));
    }

    /// 60 s when the camera does not say (RFC 2326 §12.37).
    public Duration timeoutOrDefault() {
        return timeout == null ? DEFAULT_TIMEOUT : timeout;
    }

    public String write() {
        return timeout == null ? id : id + ";timeout=" + timeout.toSeconds();
    }

    private static @Nullable Duration seconds(String text) {
        try {
            int seconds = Integer.parseInt(text);
            return seconds > 0 ? Duration.ofSeconds(seconds) : null;
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
