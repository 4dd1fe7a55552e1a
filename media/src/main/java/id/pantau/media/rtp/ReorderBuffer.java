package id.pantau.media.rtp;

import java.nio.ByteBuffer;
import java.time.Duration;

/// Puts the packets of one SSRC back into the order of their sequence numbers, for transports that
/// do not keep it (UDP). Bounded by packets and by time: a missing packet is waited for until
/// `jitter` has passed or the buffer is full, then it is given up. A packet in order goes straight
/// through without being copied. Not thread-safe.
public final class ReorderBuffer {
    /// Takes packets in order. The packet may be reused when it returns.
    @FunctionalInterface
    public interface Delivery {
        void deliver(ByteBuffer packet);
    }

    /// A jump farther than this is a sender that began anew (RFC 3550 A.1).
    private static final int MAX_JUMP = 3000;

    private final int capacity;
    private final long jitterNanos;
    private final Delivery delivery;
    private final byte[][] slots;
    private final int[] lengths; // 0: empty
    private final long[] arrivals;
    private boolean started;
    private int next; // the sequence number that comes next
    private int held;
    private int highest; // sequence number held
    private long oldestArrival;
    private int restartAt = -1;
    private long reordered;
    private long late;
    private long duplicates;
    private long lost;
    private long malformed;

    /// @param capacityPackets how many packets may wait, 2..4096, rounded up to a power of two
    /// @param jitter how long a packet may wait for one that is missing
    public ReorderBuffer(int capacityPackets, Duration jitter, Delivery delivery) {
        if (capacityPackets < 2 || capacityPackets > 4096) {
            throw new IllegalArgumentException("capacity " + capacityPackets);
        }
        this.capacity = Integer.highestOneBit(capacityPackets - 1) << 1;
        this.jitterNanos = jitter.toNanos();
        this.delivery = delivery;
        this.slots = new byte[capacity][];
        this.lengths = new int[capacity];
        this.arrivals = new long[capacity];
    }

    /// Takes a packet from the network and delivers what has become due.
    ///
    /// @param packet from position to limit; may be reused afterwards
    /// @param nanoTime when it arrived, by [System#nanoTime()] or a test's clock
    public void offer(ByteBuffer packet, long nanoTime) {
        if (packet.remaining() < RtpPacket.HEADER_BYTES) {
            malformed++;
            return;
        }
        int sequence = RtpPacket.sequenceOf(packet);
        if (!started) {
            started = true;
            next = sequence;
        }
        int ahead = (short) (sequence - next);
        if (ahead < -MAX_JUMP || ahead > MAX_JUMP) {
            if (restartAt != sequence) { // one stray packet proves nothing
                restartAt = sequence + 1 & 0xffff;
                late++;
                return;
            }
            flush();
            next = sequence;
            ahead = 0;
        }
        restartAt = -1;
        if (ahead < 0) {
            late++;
        } else {
            if (ahead >= capacity) {
                giveUp(ahead - capacity + 1);
                ahead = (short) (sequence - next);
            }
            if (ahead == 0) {
                pass(packet);
            } else {
                hold(packet, sequence, nanoTime);
            }
        }
        expire(nanoTime);
    }

    /// Gives up on packets that have been waited for long enough, and delivers those behind them.
    /// Call it when nothing arrives, too.
    public void expire(long nanoTime) {
        while (held > 0 && nanoTime - oldestArrival >= jitterNanos) {
            skipToHeld();
            deliverHeld();
        }
    }

    /// Delivers everything that waits, gaps or not.
    public void flush() {
        while (held > 0) {
            skipToHeld();
            deliverHeld();
        }
    }

    /// How many packets wait.
    public int held() {
        return held;
    }

    /// Packets that came out of order and were put right.
    public long reordered() {
        return reordered;
    }

    /// Packets that came when their place had been given up (copies of delivered ones included), or
    /// strayed from elsewhere; dropped.
    public long late() {
        return late;
    }

    /// Copies of packets that were still waiting; dropped.
    public long duplicates() {
        return duplicates;
    }

    /// Sequence numbers given up.
    public long lost() {
        return lost;
    }

    /// Datagrams too short to be RTP; dropped.
    public long malformed() {
        return malformed;
    }

    private void pass(ByteBuffer packet) {
        if (held > 0) {
            reordered++;
        }
        next = next + 1 & 0xffff;
        delivery.deliver(packet);
        deliverHeld();
    }

    private void hold(ByteBuffer packet, int sequence, long nanoTime) {
        int slot = sequence & capacity - 1;
        if (lengths[slot] != 0) {
            duplicates++;
            return;
        }
        if (held == 0) {
            highest = sequence;
            oldestArrival = nanoTime;
        } else if ((short) (sequence - highest) > 0) {
            highest = sequence;
        } else {
            reordered++;
        }
        int length = packet.remaining();
        if (slots[slot] == null || slots[slot].length < length) {
            slots[slot] = new byte[Math.max(2048, length)];
        }
        packet.get(packet.position(), slots[slot], 0, length);
        lengths[slot] = length;
        arrivals[slot] = nanoTime;
        held++;
    }

    private void giveUp(int places) {
        for (int i = 0; i < places; i++) {
            if (held == 0) {
                lost += places - i;
                next = next + places - i & 0xffff;
                return;
            }
            if (lengths[next & capacity - 1] == 0) {
                lost++;
                next = next + 1 & 0xffff;
            } else {
                deliverNext();
            }
        }
        deliverHeld();
    }

    private void skipToHeld() {
        while (lengths[next & capacity - 1] == 0) {
            lost++;
            next = next + 1 & 0xffff;
        }
    }

    private void deliverHeld() {
        if (held == 0 || lengths[next & capacity - 1] == 0) {
            return;
        }
        while (held > 0 && lengths[next & capacity - 1] != 0) {
            deliverNext();
        }
        oldestArrival = Long.MAX_VALUE;
        for (int i = 0; i < capacity && held > 0; i++) {
            if (lengths[i] != 0) {
                oldestArrival = Math.min(oldestArrival, arrivals[i]);
            }
        }
    }

    private void deliverNext() {
        int slot = next & capacity - 1;
        int length = lengths[slot];
        lengths[slot] = 0;
        held--;
        next = next + 1 & 0xffff;
        delivery.deliver(ByteBuffer.wrap(slots[slot], 0, length));
    }
}
