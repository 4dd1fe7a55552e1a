package id.pantau.media.rtsp;

import java.nio.ByteBuffer;

/// The packets of one access unit, or one RTCP packet, made once and shared by every client:
/// interleaved frames (RFC 2326 §10.12) back to back, on channel `2 * track` for RTP and one above
/// for RTCP.
///
/// @param key whether a client may begin here
/// @param firstSeq sequence number of the first packet
/// @param rtpTime of the packets; 32 bits unsigned
/// @param frames read-only; use `duplicate()` before reading
record PacketBatch(
        int track, boolean rtcp, boolean key, int firstSeq, int rtpTime, ByteBuffer frames) {
    static final int FRAME_HEADER_BYTES = 4;

    int sizeBytes() {
        return frames.remaining();
    }

    /// The same frames on another channel, for a client that asked for one.
    ByteBuffer onChannel(int channel) {
        ByteBuffer copy = ByteBuffer.allocate(sizeBytes()).put(frames.duplicate()).flip();
        for (int at = 0; at < copy.limit(); ) {
            copy.put(at + 1, (byte) channel);
            at += FRAME_HEADER_BYTES + (copy.getShort(at + 2) & 0xffff);
        }
        return copy;
    }
}
