package id.pantau.media.webrtc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// One way to a peer: an address behind the UDP port, or a TCP connection. Thread-safe.
interface PeerPath {
    InetSocketAddress remote();

    /// Sends one packet, from position to limit; both are void afterwards. TCP blocks while the
    /// network takes nothing; UDP fails then, and the packet is lost.
    void send(ByteBuffer packet) throws IOException;

    /// For people: `UDP 192.0.2.1:5000`.
    String describe();
}
