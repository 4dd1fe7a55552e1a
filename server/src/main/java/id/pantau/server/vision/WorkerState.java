package id.pantau.server.vision;

import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A worker of another machine, connected or not.
///
/// @param capacity the most cameras it analyses
/// @param connected null while it is not
public record WorkerState(
        String name, int capacity, Instant addedAt, @Nullable Connected connected) {
    /// @param cameras analysed there now
    /// @param load of its machine, 1: every core is busy; negative: it cannot say
    /// @param hasModel whether the model in use lies there; true also when there is none
    public record Connected(
            Instant since, InetSocketAddress address, int cameras, double load, boolean hasModel) {}
}
