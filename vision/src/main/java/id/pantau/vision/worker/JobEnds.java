package id.pantau.vision.worker;

import id.pantau.media.StreamEnd;
import org.jspecify.annotations.Nullable;

/// Knows of a worker's jobs how they end. Thread-safe.
interface JobEnds {
    /// Why a job has ended.
    ///
    /// @param said by the worker; null when it broke off
    WorkerJob.Outcome outcome(long number, @Nullable StreamEnd said) throws InterruptedException;

    /// The job is of no more interest.
    void forget(long number);
}
