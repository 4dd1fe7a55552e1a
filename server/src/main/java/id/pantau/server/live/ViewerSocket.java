package id.pantau.server.live;

import java.nio.ByteBuffer;

/// A viewer's connection. One message is under way at a time: the next is given when the one before
/// is done.
public interface ViewerSocket {
    /// Never blocks.
    ///
    /// @param message read to its limit; shared content, position and limit are the receiver's
    void send(ByteBuffer message, Sent sent);

    /// Never blocks.
    void send(String message, Sent sent);

    /// The same for a text that another message follows at once: it may wait for that one.
    default void sendAhead(String message, Sent sent) {
        send(message, sent);
    }

    /// @param code 4000..4999, as in the HTTP contract
    void close(int code, String reason);

    /// Told once per message, on any thread, also before `send` returns.
    interface Sent {
        void done();

        /// The connection is broken.
        void failed();
    }
}
