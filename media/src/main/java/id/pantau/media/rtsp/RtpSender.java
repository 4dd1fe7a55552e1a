package id.pantau.media.rtsp;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaFormat;
import id.pantau.media.MediaTime;
import id.pantau.media.rtp.Packetizer;
import id.pantau.media.rtp.Rtcp;
import id.pantau.media.rtp.SdpLines;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// The sending side of one media track (RFC 3550): packets of access units and sender reports, all
/// under one SSRC, as interleaved frames. Not thread-safe.
final class RtpSender {
    /// RTP header and payload of one packet: fits an Ethernet frame through a tunnel or two.
    private static final int MAX_PACKET_BYTES = 1400;

    /// What a packet needs besides the payload bytes it carries.
    private static final int PACKET_OVERHEAD_BYTES = 24;

    /// A packet carries at least so much of a unit that does not fit one.
    private static final int MIN_PAYLOAD_BYTES = MAX_PACKET_BYTES - PACKET_OVERHEAD_BYTES;

    private static final int FIRST_DYNAMIC_TYPE = 96;
    private static final String CNAME = "pantau";

    private final int track;
    private final int payloadType;
    private final int ssrc;
    private MediaFormat format;
    private Packetizer packetizer;
    private int packetsBefore;
    private int octetsBefore;
    private ByteBuffer out = ByteBuffer.allocate(0);

    /// @param track index of the media track in the session description
    RtpSender(int track, MediaFormat format, RandomGenerator random) {
        this.track = track;
        this.format = format;
        this.payloadType = description(track, format).payloadType();
        this.ssrc = random.nextInt();
        int firstSequence = random.nextInt(0x8000); // half the room, as old receivers like it
        this.packetizer =
                new Packetizer(format, payloadType, ssrc, firstSequence, MAX_PACKET_BYTES);
    }

    static SdpLines description(int track, MediaFormat format) {
        return SdpLines.of(format, FIRST_DYNAMIC_TYPE + track);
    }

    /// A new decoder configuration of the same codec: its parameter sets go out in band.
    void change(MediaFormat next) {
        if (next.equals(format)) {
            return;
        }
        format = next;
        packetsBefore += (int) packetizer.packets();
        octetsBefore += (int) packetizer.octets();
        packetizer =
                new Packetizer(
                        next, payloadType, ssrc, packetizer.nextSequence(), MAX_PACKET_BYTES);
    }

    /// @throws IllegalArgumentException when the unit's payload is not what its codec says
    PacketBatch packets(AccessUnit unit) {
        int firstSeq = packetizer.nextSequence();
        out = ByteBuffer.allocate(roomFor(unit.sizeBytes()));
        int unused = packetizer.packetize(unit, this::put);
        ByteBuffer frames = out.flip().asReadOnlyBuffer();
        int rtpTime = packetizer.timestampOf(unit.pts());
        return new PacketBatch(track, false, unit.keyFrame(), firstSeq, rtpTime, frames);
    }

    /// A guess that is right unless a picture has very many slices.
    private static int roomFor(int payloadBytes) {
        int packets = payloadBytes / MIN_PAYLOAD_BYTES + 8;
        return payloadBytes + packets * PACKET_OVERHEAD_BYTES + 256;
    }

    private void put(ByteBuffer packet) {
        int needed = PacketBatch.FRAME_HEADER_BYTES + packet.remaining();
        if (out.remaining() < needed) {
            out = ByteBuffer.allocate(out.capacity() * 2 + needed).put(out.flip());
        }
        out.put((byte) '$').put((byte) (2 * track)).putShort((short) packet.remaining());
        out.put(packet);
    }

    /// A sender report and SDES (RFC 3550 §6.4.1 and §6.5).
    ///
    /// @param time the point on the media clock that was captured at `wallTime`
    PacketBatch senderReport(MediaTime time, Instant wallTime) {
        int rtpTime = packetizer.timestampOf(time);
        ByteBuffer report =
                Rtcp.writeSenderReport(
                        ssrc,
                        wallTime,
                        rtpTime,
                        packetsBefore + packetizer.packets(),
                        octetsBefore + packetizer.octets(),
                        CNAME);
        ByteBuffer frame = ByteBuffer.allocate(PacketBatch.FRAME_HEADER_BYTES + report.remaining());
        frame.put((byte) '$').put((byte) (2 * track + 1)).putShort((short) report.remaining());
        frame.put(report).flip();
        int seq = packetizer.nextSequence();
        return new PacketBatch(track, true, false, seq, rtpTime, frame.asReadOnlyBuffer());
    }
}
