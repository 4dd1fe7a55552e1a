package id.pantau.media.webrtc;

import id.pantau.media.rtp.Packetizer;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Sends packets of one track again: as RFC 4588 says where the peer can, else as they were. Cuts
/// the access unit anew, with a cipher of its own beside the sender's; the packets come out the
/// same. Used by the session's thread.
final class Resender {
    /// Cutting costs as much as sending: a peer that asks without end gets no more than this.
    private static final long BYTES_PER_SECOND = 16 << 20;

    private final OutgoingTrack track;
    private final SrtpCipher cipher;
    private final PeerSession session;
    private final byte[] scratch = new byte[4096];
    private final ByteBuffer out = ByteBuffer.wrap(scratch);
    private final BitSet wanted = new BitSet();
    private SentUnits.@Nullable Sent unit; // whose packets are wanted
    private long retransmissionIndex = ThreadLocalRandom.current().nextInt(0x8000);
    private long windowNanos = System.nanoTime();
    private long windowBytes;
    private final LongAdder resent = new LongAdder();

    Resender(OutgoingTrack track, SrtpCipher cipher, PeerSession session) {
        this.track = track;
        this.cipher = cipher;
        this.session = session;
    }

    boolean isFor(int ssrc) {
        return track.agreed().ssrc() == ssrc;
    }

    long resent() {
        return resent.sum();
    }

    /// @param sequence of a packet that the peer misses
    void want(int sequence) {
        long index = track.indexOf(sequence);
        SentUnits.Sent found = track.sent().find(index);
        if (found != unit) {
            flush();
            unit = found;
        }
        if (found != null) {
            wanted.set((int) (index - found.firstIndex()));
        }
    }

    /// Sends what was wanted.
    void flush() {
        SentUnits.Sent current = unit;
        unit = null;
        if (current == null || wanted.isEmpty() || !mayCut(current.unit().sizeBytes())) {
            wanted.clear();
            return;
        }
        Packetizer packetizer = track.cut(current.format(), current.firstIndex());
        var number = new int[1];
        int unused =
                packetizer.<RuntimeException>packetize(
                        current.unit(),
                        packet -> {
                            int at = number[0]++;
                            if (wanted.get(at)) {
                                send(packet, current.firstIndex() + at);
                            }
                        });
        wanted.clear();
    }

    private boolean mayCut(int bytes) {
        long now = System.nanoTime();
        if (now - windowNanos > TimeUnit.SECONDS.toNanos(1)) {
            windowNanos = now;
            windowBytes = 0;
        }
        windowBytes += bytes;
        return windowBytes - bytes < BYTES_PER_SECOND;
    }

    private void send(ByteBuffer packet, long index) {
        int length = packet.remaining();
        Integer type = track.agreed().retransmission();
        int whole;
        if (type == null) {
            packet.get(scratch, 0, length);
            whole = cipher.protectRtp(scratch, length, index);
        } else {
            packet.get(scratch, 0, 12);
            scratch[1] = (byte) (scratch[1] & 0x80 | type);
            scratch[12] = scratch[2]; // the original sequence number goes before the payload
            scratch[13] = scratch[3];
            scratch[2] = (byte) (retransmissionIndex >>> 8);
            scratch[3] = (byte) retransmissionIndex;
            SrtpCipher.putInt(scratch, 8, track.agreed().retransmissionSsrc());
            packet.get(scratch, 14, length - 12);
            whole = cipher.protectRtp(scratch, length + 2, retransmissionIndex++);
        }
        out.clear().limit(whole);
        session.send(out);
        resent.increment();
    }
}
