package id.pantau.server.recording;

/// How a recorder has a stream pulled that nobody else may want.
@FunctionalInterface
public interface StreamNeed {
    /// The stream comes by itself.
    StreamNeed NONE = () -> () -> {};

    /// Returns at once; the stream comes when it comes.
    Hold hold();

    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
