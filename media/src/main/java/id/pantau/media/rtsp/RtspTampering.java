package id.pantau.media.rtsp;

import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a simulated camera does wrong on purpose. The defaults do nothing wrong. Called on the
/// threads of every connection that plays the source; thread-safe.
public interface RtspTampering {
    RtspTampering NONE = new RtspTampering() {};

    /// Before a request is looked at; may wait.
    ///
    /// @return what is answered instead, or null for the right answer
    default @Nullable Response instead(Request request) throws InterruptedException {
        return null;
    }

    /// @param right the answer about to be given
    /// @return the answer to give
    default Response answer(Request request, Response right) {
        return right;
    }

    /// A packet that a client sent inside the connection without having announced anything.
    ///
    /// @param packet valid during the call only
    default void heard(int channel, ByteBuffer packet) {}

    /// What travels inside the RTSP connection for one access unit.
    ///
    /// @param frames whole interleaved frames (RFC 2326 §10.12), read-only
    /// @return the bytes to send
    default ByteBuffer interleaved(ByteBuffer frames) {
        return frames;
    }

    /// One packet that would go by UDP.
    ///
    /// @param packet RTP or RTCP, read-only
    /// @return what to send now: nothing, this one, or others
    default List<ByteBuffer> datagram(ByteBuffer packet) {
        return List.of(packet);
    }
}
