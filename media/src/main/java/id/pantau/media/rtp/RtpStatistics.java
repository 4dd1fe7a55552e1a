package id.pantau.media.rtp;

import java.time.Duration;
import java.util.Optional;

/// What a session's receiver has seen so far, all media tracks together.
///
/// @param packets well-formed RTP packets that were taken
/// @param payloadBytes of those
/// @param packetsLost sequence numbers that never came
/// @param packetsReordered packets behind their place, or copies; dropped
/// @param packetsMalformed not RTP, of another payload type, or payloads that break their format
/// @param accessUnits handed on
/// @param accessUnitsDropped damaged by loss, or not decodable because of loss before them
/// @param keyFrames video access units handed on at which decoding can begin
/// @param timestampsReplaced access units whose RTP time made no sense and was replaced by arrival
/// @param clockReanchored how often media time and the server's clock had to be tied anew
/// @param cameraClockOffset camera clock minus server clock, by the newest sender report; empty
///   when the camera sends none, or none with a time of day
public record RtpStatistics(
        long packets,
        long payloadBytes,
        long packetsLost,
        long packetsReordered,
        long packetsMalformed,
        long accessUnits,
        long accessUnitsDropped,
        long keyFrames,
        long timestampsReplaced,
        long clockReanchored,
        Optional<Duration> cameraClockOffset) {}
