package id.pantau.media.rtsp;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaFormat;
import id.pantau.media.MediaTime;
import id.pantau.media.VideoFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The sending side of one media track (RFC 3550): packets of access units and sender reports, all
/// under one SSRC. Not thread-safe.
final class RtpSender {
    /// RTP header and payload of one packet: fits an Ethernet frame through a tunnel or two.
    private static final int MAX_PACKET_BYTES = 1400;

    private static final int RTP_HEADER_BYTES = 12;
    private static final int MAX_PAYLOAD_BYTES = MAX_PACKET_BYTES - RTP_HEADER_BYTES;

    /// Room for frame header, RTP header and fragmentation header of one packet.
    private static final int PACKET_OVERHEAD_BYTES = 20;

    private static final byte[] CNAME = "pantau".getBytes(StandardCharsets.US_ASCII);
    private static final long NTP_EPOCH_OFFSET_S = 2_208_988_800L;

    private final int track;
    private final int payloadType;
    private final int clockRateHz;
    private final int ssrc;
    private final int timeOffset;
    private MediaFormat format;
    private int seq;
    private int packets;
    private int bytes;

    /// @param track index of the media track in the session description
    RtpSender(int track, MediaFormat format, RandomGenerator random) {
        this.track = track;
        this.format = format;
        this.payloadType = payloadType(format);
        this.clockRateHz = clockRateHz(format);
        this.ssrc = random.nextInt();
        this.timeOffset = random.nextInt();
        this.seq = random.nextInt(0x8000); // half the room, as old receivers like it
    }

    static int payloadType(MediaFormat format) {
        return switch (format) {
            case VideoFormat _ -> 96;
            case AudioFormat audio when audio.channels() == 1 && audio.sampleRateHz() == 8000 ->
                    switch (audio.codec()) {
                        case PCMU -> 0;
                        case PCMA -> 8;
                        case AAC, OPUS, FLAC, H264, H265 -> 97;
                    };
            case AudioFormat _ -> 97;
        };
    }

    static int clockRateHz(MediaFormat format) {
        return switch (format) {
            case VideoFormat _ -> (int) MediaTime.TICKS_PER_SECOND;
            case AudioFormat audio -> audio.codec() == Codec.OPUS ? 48_000 : audio.sampleRateHz();
        };
    }

    /// A new decoder configuration of the same codec: its parameter sets go out in band.
    void change(MediaFormat next) {
        format = next;
    }

    /// The sequence number of the next packet.
    int nextSeq() {
        return seq & 0xffff;
    }

    /// The RTP timestamp of a point on the media clock; 32 bits unsigned.
    int rtpTime(MediaTime time) {
        return (int) (timeOffset + time.in(clockRateHz));
    }

    PacketBatch packets(AccessUnit unit) {
        int firstSeq = nextSeq();
        int rtpTime = rtpTime(unit.pts());
        ByteBuffer payload = unit.payload();
        ByteBuffer out =
                switch (format) {
                    case VideoFormat video -> video(video, unit.keyFrame(), payload, rtpTime);
                    case AudioFormat audio -> audio(audio, payload, rtpTime);
                };
        bytes += payload.limit();
        boolean key = unit.keyFrame();
        return new PacketBatch(track, false, key, firstSeq, rtpTime, out.asReadOnlyBuffer());
    }

    // -- video: RFC 6184 (packetization-mode 1) and RFC 7798 -----------------------------------

    private ByteBuffer video(VideoFormat video, boolean key, ByteBuffer payload, int rtpTime) {
        var nals = new ArrayList<ByteBuffer>();
        if (key) {
            addAll(nals, video.vps());
            addAll(nals, video.sps());
            addAll(nals, video.pps());
        }
        split(payload, nals);
        int size = 0;
        for (ByteBuffer nal : nals) {
            int count = nal.remaining() / (MAX_PAYLOAD_BYTES - 3) + 1;
            size += nal.remaining() + count * PACKET_OVERHEAD_BYTES;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        for (int i = 0; i < nals.size(); i++) {
            nal(out, nals.get(i), video.codec(), i == nals.size() - 1, rtpTime);
        }
        return out.flip();
    }

    private static void addAll(List<ByteBuffer> nals, List<Bytes> parameterSets) {
        for (Bytes one : parameterSets) {
            nals.add(one.buffer());
        }
    }

    /// Takes NAL units off their 4-byte lengths; a length that lies ends the unit.
    private static void split(ByteBuffer payload, List<ByteBuffer> nals) {
        while (payload.remaining() > 4) {
            int length = payload.getInt();
            if (length <= 0 || length > payload.remaining()) {
                return;
            }
            nals.add(payload.slice(payload.position(), length));
            payload.position(payload.position() + length);
        }
    }

    private void nal(ByteBuffer out, ByteBuffer nal, Codec codec, boolean last, int rtpTime) {
        if (nal.remaining() <= MAX_PAYLOAD_BYTES) {
            header(out, nal.remaining(), last, rtpTime);
            out.put(nal);
            return;
        }
        boolean h265 = codec == Codec.H265;
        int first = nal.get() & 0xff;
        int second = h265 ? nal.get() & 0xff : 0;
        int type = h265 ? first >> 1 & 0x3f : first & 0x1f;
        int room = MAX_PAYLOAD_BYTES - (h265 ? 3 : 2);
        int flags = 0x80;
        while (nal.hasRemaining()) {
            int length = Math.min(room, nal.remaining());
            boolean end = length == nal.remaining();
            header(out, MAX_PAYLOAD_BYTES - room + length, last && end, rtpTime);
            if (h265) {
                out.put((byte) (first & 0x81 | 49 << 1)).put((byte) second); // FU, RFC 7798 §4.4.3
            } else {
                out.put((byte) (first & 0xe0 | 28)); // FU-A, RFC 6184 §5.8
            }
            out.put((byte) (flags | (end ? 0x40 : 0) | type));
            out.put(nal.slice(nal.position(), length));
            nal.position(nal.position() + length);
            flags = 0;
        }
    }

    // -- audio ---------------------------------------------------------------------------------

    private ByteBuffer audio(AudioFormat audio, ByteBuffer payload, int rtpTime) {
        int count = payload.remaining() / (MAX_PAYLOAD_BYTES - 4) + 1;
        ByteBuffer out =
                ByteBuffer.allocate(payload.remaining() + count * (PACKET_OVERHEAD_BYTES + 4));
        if (audio.codec() == Codec.AAC) {
            aac(out, payload, rtpTime);
        } else {
            plain(out, payload, rtpTime, audio);
        }
        return out.flip();
    }

    /// AAC-hbr (RFC 3640 §3.3.6): one access unit a packet, or a part of one.
    private void aac(ByteBuffer out, ByteBuffer payload, int rtpTime) {
        int size = payload.remaining();
        do {
            int length = Math.min(MAX_PAYLOAD_BYTES - 4, payload.remaining());
            header(out, 4 + length, length == payload.remaining(), rtpTime);
            out.putShort((short) 16).putShort((short) (size << 3));
            out.put(payload.slice(payload.position(), length));
            payload.position(payload.position() + length);
        } while (payload.hasRemaining());
    }

    /// G.711 (RFC 3551 §4.5.14), a byte a sample, and Opus (RFC 7587), never larger than a packet.
    private void plain(ByteBuffer out, ByteBuffer payload, int rtpTime, AudioFormat audio) {
        int time = rtpTime;
        do {
            int length = Math.min(MAX_PAYLOAD_BYTES, payload.remaining());
            header(out, length, false, time);
            out.put(payload.slice(payload.position(), length));
            payload.position(payload.position() + length);
            time += length / audio.channels();
        } while (payload.hasRemaining());
    }

    private void header(ByteBuffer out, int payloadBytes, boolean marker, int rtpTime) {
        out.put((byte) '$').put((byte) (2 * track));
        out.putShort((short) (RTP_HEADER_BYTES + payloadBytes));
        out.put((byte) 0x80).put((byte) (payloadType | (marker ? 0x80 : 0)));
        out.putShort((short) seq).putInt(rtpTime).putInt(ssrc);
        seq = seq + 1 & 0xffff;
        packets++;
    }

    // -- RTCP ----------------------------------------------------------------------------------

    /// A sender report and SDES (RFC 3550 §6.4.1 and §6.5).
    ///
    /// @param time the point on the media clock that was captured at `wallTime`
    PacketBatch senderReport(MediaTime time, Instant wallTime) {
        int sdesBytes = 8 + 2 + CNAME.length + 4 - (2 + CNAME.length) % 4;
        int rtpTime = rtpTime(time);
        ByteBuffer out = ByteBuffer.allocate(PacketBatch.FRAME_HEADER_BYTES + 28 + sdesBytes);
        out.put((byte) '$').put((byte) (2 * track + 1)).putShort((short) (28 + sdesBytes));
        out.put((byte) 0x80).put((byte) 200).putShort((short) 6).putInt(ssrc);
        out.putLong(ntp(wallTime)).putInt(rtpTime).putInt(packets).putInt(bytes);
        out.put((byte) 0x81).put((byte) 202).putShort((short) (sdesBytes / 4 - 1)).putInt(ssrc);
        out.put((byte) 1).put((byte) CNAME.length).put(CNAME);
        out.position(0).limit(out.capacity()); // the end of the SDES chunk is zeros
        return new PacketBatch(track, true, false, nextSeq(), rtpTime, out.asReadOnlyBuffer());
    }

    private static long ntp(Instant at) {
        long fraction = ((long) at.getNano() << 32) / Duration.ofSeconds(1).toNanos();
        return at.getEpochSecond() + NTP_EPOCH_OFFSET_S << 32 | fraction;
    }
}
