package id.pantau.media.webrtc;

/// What a [WebRtcServer] holds, and what it threw away since it started.
///
/// @param sessions now, those that are still connecting included
/// @param connecting now
/// @param tcpConnections now
/// @param tcpRefused beyond the allowed number in all or of one address
/// @param tcpFailed connections cut off before they passed a check
/// @param stunRejected checks of sessions that do not exist, or with a wrong password
/// @param strayPackets from addresses that passed no check, or of no protocol we speak
/// @param unsent packets that the network did not take
/// @param overflowed packets that a session was too slow to take
/// @param handshakesFailed of all sessions
public record WebRtcTraffic(
        int sessions,
        int connecting,
        int tcpConnections,
        long tcpRefused,
        long tcpFailed,
        long stunRejected,
        long strayPackets,
        long unsent,
        long overflowed,
        long handshakesFailed) {}
