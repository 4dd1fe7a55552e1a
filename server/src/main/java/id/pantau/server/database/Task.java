package id.pantau.server.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One piece of work waiting for a connection, and its outcome.
final class Task<T extends @Nullable Object> {
    private final Work<T> work;
    private final CompletableFuture<Outcome<T>> outcome;
    private @Nullable Outcome<T> prepared;

    private record Outcome<T extends @Nullable Object>(T value) {}

    Task(Work<T> work) {
        this.work = work;
        this.outcome = new CompletableFuture<>();
    }

    /// Runs the work; its result is kept until [#succeed()].
    void run(JdbcClient jdbc) {
        prepared = new Outcome<>(work.run(jdbc));
    }

    void succeed() {
        outcome.complete(prepared);
    }

    void fail(Throwable cause) {
        outcome.completeExceptionally(cause);
    }

    T await() {
        try {
            return outcome.join().value(); // join() is not cut short by an interrupt
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                cause.addSuppressed(new Throwable("asked for here"));
                throw cause;
            }
            throw e;
        }
    }
}
