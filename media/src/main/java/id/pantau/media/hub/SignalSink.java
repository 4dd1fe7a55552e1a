package id.pantau.media.hub;

import id.pantau.media.StreamSignal;
import java.util.function.Consumer;

/// Where a stream's one writer puts its signals.
@FunctionalInterface
public interface SignalSink extends Consumer<StreamSignal> {
    /// Whether somebody takes units as they come. Where nobody does, they may come some hundred
    /// milliseconds late, and many at once.
    default boolean isAwaited() {
        return true;
    }
}
