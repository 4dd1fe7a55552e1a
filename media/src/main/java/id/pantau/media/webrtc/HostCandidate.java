package id.pantau.media.webrtc;

import java.net.InetAddress;

/// Where a peer may reach us.
record HostCandidate(InetAddress address, int port, boolean tcp) {}
