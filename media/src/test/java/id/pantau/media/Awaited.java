package id.pantau.media;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for what other threads are about to make true.
public final class Awaited {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Awaited() {}

    /// @throws AssertionError when the condition does not hold within 20 s
    public static void await(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("waited " + PATIENCE + " in vain");
            }
            Thread.sleep(2);
        }
    }
}
