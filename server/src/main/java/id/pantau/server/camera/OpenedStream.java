package id.pantau.server.camera;

import id.pantau.media.hub.StreamAttempt;
import java.util.function.Supplier;

/// An attempt that has not run yet, and what can be asked of it while it runs, from any thread.
public record OpenedStream(StreamAttempt attempt, Supplier<SessionFacts> facts) {
    public static OpenedStream of(StreamAttempt attempt) {
        return new OpenedStream(attempt, () -> SessionFacts.NONE);
    }
}
