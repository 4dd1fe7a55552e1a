package id.pantau.media.hub;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;

/// One publisher's hold on a stream. Used by one thread; only [#isOpen] may be asked from others.
public interface Publication {
    /// Gives media to the stream's readers; never waits for them. The first signal is a
    /// [StreamSignal.FormatChanged]; [StreamSignal.Ended] is not sent here but by [#close]. Ignored
    /// when the publication is no longer open.
    void accept(StreamSignal signal);

    /// False once the server took the stream back (camera disabled or deleted, key changed,
    /// shutting down): the publisher is to be cut off.
    boolean isOpen();

    /// Gives the stream back. Only the first call counts.
    ///
    /// @param end why, for the stream's readers and its state
    void close(StreamEnd end);
}
