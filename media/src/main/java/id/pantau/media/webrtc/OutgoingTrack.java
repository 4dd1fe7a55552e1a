package id.pantau.media.webrtc;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaFormat;
import id.pantau.media.MediaTime;
import id.pantau.media.rtp.Packetizer;
import id.pantau.media.rtp.Rtcp;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The sending side of one media track: access units become protected packets. Used by the
/// session's sender only; the counters may be read by others.
final class OutgoingTrack {
    /// RTP header and payload: with protection, UDP and IPv6 it stays below 1280, which every
    /// network carries.
    static final int MTU_BYTES = 1180;

    /// A burst longer than this is spread, or it would overflow the peer's socket buffer.
    private static final int BURST_PACKETS = 48;

    private static final long BURST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final AgreedTrack agreed;
    private final SrtpCipher cipher;
    private final PeerSession session;
    private final SentUnits sent = new SentUnits();
    private final byte[] scratch = new byte[4096];
    private final ByteBuffer out = ByteBuffer.wrap(scratch);
    private @Nullable MediaFormat format;
    private @Nullable Packetizer packetizer;
    private volatile long index = ThreadLocalRandom.current().nextInt(0x8000);
    private int reports;
    private int burst;
    private long burstNanos;
    private long octets;
    private final LongAdder packets = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    OutgoingTrack(AgreedTrack agreed, SrtpCipher cipher, PeerSession session) {
        this.agreed = agreed;
        this.cipher = cipher;
        this.session = session;
    }

    AgreedTrack agreed() {
        return agreed;
    }

    SentUnits sent() {
        return sent;
    }

    /// RTP packets so far.
    long packets() {
        return packets.sum();
    }

    /// As protected.
    long bytes() {
        return bytes.sum();
    }

    /// A decoder configuration begins. What was sent before can still be sent again.
    void format(MediaFormat next) {
        if (!next.equals(format)) {
            format = next;
            packetizer = cut(next, index);
        }
    }

    /// The stream has no such track any more, or in a codec that was not agreed.
    void silence() {
        format = null;
        packetizer = null;
    }

    /// @param firstIndex of the packet that comes first
    Packetizer cut(MediaFormat as, long firstIndex) {
        return new Packetizer(
                as,
                agreed.payload().payloadType(),
                agreed.ssrc(),
                (int) firstIndex & 0xffff,
                MTU_BYTES);
    }

    /// @throws IllegalArgumentException when the unit's payload is not what its codec says
    void send(AccessUnit unit) throws InterruptedException {
        Packetizer current = packetizer;
        MediaFormat as = format;
        if (current == null || as == null) {
            return;
        }
        sent.add(new SentUnits.Sent(unit, as, index, System.nanoTime()));
        int unused = current.packetize(unit, this::send);
    }

    /// The index of a packet that was sent, by its sequence number.
    long indexOf(int sequence) {
        long newest = index - 1;
        return newest - (newest - sequence & 0xffff);
    }

    private void send(ByteBuffer packet) throws InterruptedException {
        int length = packet.remaining();
        long current = index;
        index = current + 1;
        if (length > scratch.length - SrtpCipher.MAX_GROWTH_BYTES) {
            return; // an Opus packet beyond any that exists
        }
        pace();
        packet.get(scratch, 0, length);
        int whole = cipher.protectRtp(scratch, length, current);
        out.clear().limit(whole);
        session.send(out);
        packets.increment();
        octets += length - 12;
        bytes.add(whole);
    }

    private void pace() throws InterruptedException {
        long now = System.nanoTime();
        if (now - burstNanos > BURST_PAUSE_NANOS) {
            burst = 0;
        }
        if (++burst > BURST_PACKETS) {
            TimeUnit.NANOSECONDS.sleep(BURST_PAUSE_NANOS);
            burst = 1;
            now = System.nanoTime();
        }
        if (burst == 1) {
            burstNanos = now;
        }
    }

    /// @param time the point on the media clock that was captured at `wallTime`
    void report(MediaTime time, Instant wallTime) {
        Packetizer current = packetizer;
        if (current != null) {
            control(
                    Rtcp.writeSenderReport(
                            agreed.ssrc(),
                            wallTime,
                            current.timestampOf(time),
                            packets.sum(),
                            octets,
                            AnswerText.CNAME));
        }
    }

    void bye() {
        control(Rtcp.writeBye(agreed.ssrc()));
    }

    private void control(ByteBuffer packet) {
        int length = packet.remaining();
        packet.get(scratch, 0, length);
        int whole = cipher.protectRtcp(scratch, length, ++reports);
        out.clear().limit(whole);
        session.send(out);
    }
}
