package id.pantau.media.rtsp;

import id.pantau.media.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;

/// A media track the camera agreed to send.
///
/// @param channels where its frames come when it is interleaved
/// @param ports where its datagrams come, null when it is interleaved
/// @param answer the Transport of the SETUP answer
record PulledTrack(
        RtpTrack track,
        RtspTransport.Pair channels,
        @Nullable UdpPorts ports,
        RtspTransport answer) {}
