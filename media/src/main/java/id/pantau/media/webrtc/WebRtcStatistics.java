package id.pantau.media.webrtc;

/// What one session has done so far.
///
/// @param packetsSent RTP, without those sent again
/// @param bytesSent of those, protected
/// @param packetsResent because the peer asked
/// @param packetsMissing that the peer asked for, all of them
/// @param keyFrameRequests of the peer, or ours to a publisher
/// @param unitsDropped access units the peer was too slow for
/// @param packetsReceived authentic RTP packets
/// @param bytesReceived of those, protected
/// @param packetsLost by the peer's reports when it plays; never received when it publishes
/// @param packetsRejected forged, damaged or replayed
/// @param unitsReceived access units of a publisher
public record WebRtcStatistics(
        long packetsSent,
        long bytesSent,
        long packetsResent,
        long packetsMissing,
        long keyFrameRequests,
        long unitsDropped,
        long packetsReceived,
        long bytesReceived,
        long packetsLost,
        long packetsRejected,
        long unitsReceived) {}
