package id.pantau.media.webrtc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// One way to a peer: an address behind the UDP port, or a TCP connection. Thread-safe.
interface PeerPath {
    InetSocketAddress remote();

    /// Sends one packet, from position to limit; both are void afterwards. May block while the
    /// network takes nothing.
    void send(ByteBuffer packet) throws IOException;

    /// For people: `UDP 192.0.2.1:5000`.
    String describe();
}
