package id.pantau.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for what other threads are about to make true. The only place in tests that sleeps.
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Eventually() {}

    /// @param what a sentence for the failure: "the recorder pauses"
    /// @throws AssertionError when the condition does not hold within 20 s
    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        await(what, PATIENCE, condition);
    }

    /// @throws AssertionError when the condition does not hold within `patience`
    public static void await(String what, Duration patience, BooleanSupplier condition)
            throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new AssertionError("waited %s in vain: %s".formatted(patience, what));
            }
            Thread.sleep(2);
        }
    }
}
