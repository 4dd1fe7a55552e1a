package id.pantau.media.rtp;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaFormat;
import id.pantau.media.MediaTime;
import id.pantau.media.VideoFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Cuts the access units of one media track into RTP packets, for those we send to: H.264 (RFC
/// 6184, packetization mode 1), H.265 (RFC 7798), AAC-hbr (RFC 3640), G.711 (RFC 3551) and Opus
/// (RFC 7587). Not thread-safe.
public final class Packetizer {
    /// Takes a packet from position to limit; it is reused when this returns.
    @FunctionalInterface
    public interface Sink<X extends Exception> {
        void packet(ByteBuffer packet) throws X;
    }

    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int FU_H265 = 49;
    private static final int AAC_MAX_BYTES = 8191; // 13 bits of size

    private final MediaFormat format;
    private final int payloadType;
    private final int ssrc;
    private final int clockRateHz;
    private final int payloadLimit;
    private ByteBuffer packet;
    private final List<Bytes> parameterSets = new ArrayList<>();
    private int sequence;
    private int sent;
    private long packets;
    private long octets;

    /// @param payloadType 0..127
    /// @param firstSequence 0..65535
    /// @param mtuBytes longest packet, RTP header included, at least 64; only Opus, which cannot be
    ///   fragmented, may be longer
    public Packetizer(
            MediaFormat format, int payloadType, int ssrc, int firstSequence, int mtuBytes) {
        if (mtuBytes < 64) {
            throw new IllegalArgumentException("an MTU of %d bytes".formatted(mtuBytes));
        }
        this.format = format;
        this.payloadType = payloadType;
        this.ssrc = ssrc;
        this.sequence = firstSequence;
        this.payloadLimit = mtuBytes - RtpPacket.HEADER_BYTES;
        this.packet = ByteBuffer.allocate(mtuBytes);
        switch (format) {
            case VideoFormat video -> {
                clockRateHz = (int) MediaTime.TICKS_PER_SECOND;
                parameterSets.addAll(video.vps());
                parameterSets.addAll(video.sps());
                parameterSets.addAll(video.pps());
            }
            case AudioFormat audio -> {
                if (audio.codec() == Codec.FLAC) {
                    throw new IllegalArgumentException("FLAC has no RTP payload format");
                }
                clockRateHz = audio.sampleRateHz();
            }
        }
    }

    /// Of [#packetize]'s timestamps.
    public int clockRateHz() {
        return clockRateHz;
    }

    /// The RTP timestamp of a moment, for sender reports and `RTP-Info`.
    public int timestampOf(MediaTime time) {
        return (int) time.in(clockRateHz);
    }

    /// 0..65535; of the packet that comes next.
    public int nextSequence() {
        return sequence;
    }

    /// Packets so far, for sender reports.
    public long packets() {
        return packets;
    }

    /// Payload bytes so far, for sender reports.
    public long octets() {
        return octets;
    }

    /// @param unit of this packetizer's media track; a key frame's parameter sets go before it
    /// @return how many packets; 0 for an AAC frame beyond the 8191 bytes that AAC-hbr can carry
    public <X extends Exception> int packetize(AccessUnit unit, Sink<X> sink) throws X {
        sent = 0;
        int timestamp = timestampOf(unit.pts());
        ByteBuffer payload = unit.payload();
        switch (format.codec()) {
            case H264, H265 -> video(unit, payload, timestamp, sink);
            case AAC -> aac(payload, timestamp, sink);
            case PCMU, PCMA -> samples(payload, timestamp, sink);
            case OPUS -> opus(payload, timestamp, sink);
            case FLAC -> throw new IllegalStateException("FLAC has no RTP payload format");
        }
        return sent;
    }

    private <X extends Exception> void video(
            AccessUnit unit, ByteBuffer payload, int timestamp, Sink<X> sink) throws X {
        if (unit.keyFrame()) {
            parameterSets(timestamp, sink);
        }
        int at = 0;
        int end = payload.limit();
        while (end - at > 4) {
            int size = payload.getInt(at);
            at += 4;
            if (size <= 0 || size > end - at) {
                throw new IllegalArgumentException("not NAL units behind their lengths: " + unit);
            }
            nalUnit(payload, at, size, timestamp, at + size == end, sink);
            at += size;
        }
    }

    private <X extends Exception> void parameterSets(int timestamp, Sink<X> sink) throws X {
        int together = 1;
        for (Bytes set : parameterSets) {
            together += 2 + set.size();
        }
        if (format.codec() == Codec.H264 && together <= payloadLimit) {
            begin(timestamp, false);
            packet.put((byte) (0x60 | STAP_A));
            for (Bytes set : parameterSets) {
                packet.putShort((short) set.size()).put(set.buffer());
            }
            send(sink);
            return;
        }
        for (Bytes set : parameterSets) {
            nalUnit(set.buffer(), 0, set.size(), timestamp, false, sink);
        }
    }

    private <X extends Exception> void nalUnit(
            ByteBuffer source, int at, int size, int timestamp, boolean last, Sink<X> sink)
            throws X {
        if (size <= payloadLimit) {
            begin(timestamp, last);
            put(source, at, size);
            send(sink);
            return;
        }
        boolean h265 = format.codec() == Codec.H265;
        int header = h265 ? 2 : 1;
        int first = source.get(at) & 0xff;
        int room = payloadLimit - header - 1;
        int from = at + header;
        int end = at + size;
        while (from < end) {
            int count = Math.min(room, end - from);
            int flags = (from == at + header ? 0x80 : 0) | (from + count == end ? 0x40 : 0);
            begin(timestamp, last && from + count == end);
            if (h265) {
                packet.put((byte) (first & 0x81 | FU_H265 << 1))
                        .put(source.get(at + 1))
                        .put((byte) (flags | first >> 1 & 0x3f));
            } else {
                packet.put((byte) (first & 0xe0 | FU_A)).put((byte) (flags | first & 0x1f));
            }
            put(source, from, count);
            send(sink);
            from += count;
        }
    }

    private <X extends Exception> void aac(ByteBuffer frame, int timestamp, Sink<X> sink) throws X {
        int size = frame.limit();
        if (size > AAC_MAX_BYTES) {
            return;
        }
        int room = payloadLimit - 4;
        int at = 0;
        do {
            int count = Math.min(room, size - at);
            begin(timestamp, at + count == size);
            packet.putShort((short) 16).putShort((short) (size << 3));
            put(frame, at, count);
            send(sink);
            at += count;
        } while (at < size);
    }

    private <X extends Exception> void samples(ByteBuffer frame, int timestamp, Sink<X> sink)
            throws X {
        int channels = format instanceof AudioFormat audio ? Math.max(1, audio.channels()) : 1;
        int room = payloadLimit / channels * channels;
        for (int at = 0; at < frame.limit(); at += room) {
            begin(timestamp + at / channels, false);
            put(frame, at, Math.min(room, frame.limit() - at));
            send(sink);
        }
    }

    private <X extends Exception> void opus(ByteBuffer frame, int timestamp, Sink<X> sink)
            throws X {
        int whole = RtpPacket.HEADER_BYTES + frame.limit();
        if (whole > packet.capacity()) { // Opus cannot be fragmented: the network has to
            packet = ByteBuffer.allocate(whole);
        }
        begin(timestamp, false);
        put(frame, 0, frame.limit());
        send(sink);
    }

    private void begin(int timestamp, boolean marker) {
        packet.clear()
                .put((byte) 0x80)
                .put((byte) ((marker ? 0x80 : 0) | payloadType))
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(ssrc);
    }

    private void put(ByteBuffer source, int at, int count) {
        int to = packet.position();
        packet.put(to, source, at, count).position(to + count);
    }

    private <X extends Exception> void send(Sink<X> sink) throws X {
        packet.flip();
        sequence = sequence + 1 & 0xffff;
        sent++;
        packets++;
        octets += packet.remaining() - RtpPacket.HEADER_BYTES;
        sink.packet(packet);
    }
}
