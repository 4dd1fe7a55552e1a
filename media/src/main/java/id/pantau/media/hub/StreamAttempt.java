package id.pantau.media.hub;

import id.pantau.media.StreamEnd;

/// One try at reading a stream: connects, plays until it ends, and is thrown away. It retries
/// nothing.
@FunctionalInterface
public interface StreamAttempt {
    /// Blocks until the attempt is over. Gives the sink [StreamSignal.FormatChanged], units and
    /// gaps on the calling thread, but never [StreamSignal.Ended]: that is the caller's to say.
    ///
    /// @return why it ended; failures are outcomes here, not exceptions
    /// @throws InterruptedException when the thread is interrupted; the connection is closed by
    ///   then
    StreamEnd run(SignalSink sink) throws InterruptedException;
}
