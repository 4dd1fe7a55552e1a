package id.pantau.bench;

import java.time.Duration;

/// One figure-taking run. Starts what it measures and ends it again.
interface Benchmark {
    String name();

    /// One line on what it measures and beside whom.
    String about();

    /// How long it measures when the command line does not say.
    Duration defaultLength();

    /// @param length how long to measure, warm-up not included
    Report run(Duration length) throws Exception;
}
