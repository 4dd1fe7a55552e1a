package id.pantau.media.hub;

import java.time.Duration;

/// Waits. Passed in, so that a test's clock decides how long.
@FunctionalInterface
public interface Sleeper {
    Sleeper SYSTEM = Thread::sleep;

    void sleep(Duration duration) throws InterruptedException;
}
