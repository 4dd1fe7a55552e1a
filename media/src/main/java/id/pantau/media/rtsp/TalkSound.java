package id.pantau.media.rtsp;

import id.pantau.media.Codec;
import id.pantau.media.codec.G711;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What is said to a camera, on its way: cut into RTP packets of 20 ms of G.711 (RFC 3551 §4.5.14)
/// as soon as they are full. A camera that does not take it loses the oldest. Thread-safe.
public final class TalkSound {
    /// Of the samples.
    public static final int RATE_HZ = 8_000;

    private static final int PACKET_SAMPLES = RATE_HZ / 50;

    /// Half a second: what is said later than that confuses more than a hole.
    private static final int MOST_PACKETS = 25;

    private static final int MOST_MESSAGES = 16;
    private static final int FRAME_HEADER_BYTES = 4;
    private static final int RTP_HEADER_BYTES = 12;

    private final Object lock = new Object(); // guards all below
    private final ArrayDeque<ByteBuffer> packets = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> messages = new ArrayDeque<>();
    private final byte[] filling = new byte[PACKET_SAMPLES];
    private final int ssrc;
    private @Nullable Codec codec; // null until somebody listens
    private int payloadType;
    private int channel;
    private int filled;
    private int sequence;
    private int timestamp;
    private boolean first = true;
    private boolean ended;
    private long dropped;

    public TalkSound() {
        this(RandomGenerator.getDefault());
    }

    TalkSound(RandomGenerator random) {
        ssrc = random.nextInt();
        sequence = random.nextInt(0x8000); // half the room, as old receivers like it
        timestamp = random.nextInt();
    }

    /// Takes sound, one channel at [#RATE_HZ]; what comes before a camera listens is gone. Never
    /// blocks.
    public void offer(short[] samples) {
        synchronized (lock) {
            Codec law = codec;
            if (law == null || ended) {
                return;
            }
            for (short sample : samples) {
                filling[filled++] = (byte) G711.encode(law, sample);
                if (filled == PACKET_SAMPLES) {
                    filled = 0;
                    add(packet());
                }
            }
            lock.notifyAll();
        }
    }

    private void add(ByteBuffer packet) {
        if (packets.size() == MOST_PACKETS) {
            packets.removeFirst();
            dropped++;
        }
        packets.add(packet);
    }

    /// As an interleaved frame (RFC 2326 §10.12).
    private ByteBuffer packet() {
        var frame =
                ByteBuffer.allocate(FRAME_HEADER_BYTES + RTP_HEADER_BYTES + PACKET_SAMPLES)
                        .put((byte) '$')
                        .put((byte) channel)
                        .putShort((short) (RTP_HEADER_BYTES + PACKET_SAMPLES))
                        .put((byte) 0x80)
                        .put((byte) (payloadType | (first ? 0x80 : 0)))
                        .putShort((short) sequence)
                        .putInt(timestamp)
                        .putInt(ssrc)
                        .put(filling)
                        .flip();
        first = false;
        sequence++;
        timestamp += PACKET_SAMPLES;
        return frame;
    }

    /// Says no more: what waits is still sent.
    public void end() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
    }

    /// Packets that a slow camera did not get.
    public long dropped() {
        synchronized (lock) {
            return dropped;
        }
    }

    boolean isEnded() {
        synchronized (lock) {
            return ended;
        }
    }

    /// From now on it is taken.
    ///
    /// @param rtpChannel 0..255
    void listen(Codec law, int type, int rtpChannel) {
        synchronized (lock) {
            codec = law;
            payloadType = type;
            channel = rtpChannel;
        }
    }

    /// A message of RTSP that goes between the packets. A camera that asks without end and reads
    /// nothing is not answered.
    void message(ByteBuffer bytes) {
        synchronized (lock) {
            if (messages.size() < MOST_MESSAGES) {
                messages.add(bytes);
                lock.notifyAll();
            }
        }
    }

    /// Waits for what is to be sent next; null when nothing is and nothing more comes.
    @Nullable ByteBuffer take() throws InterruptedException {
        synchronized (lock) {
            while (true) {
                ByteBuffer message = messages.poll();
                ByteBuffer next = message == null ? packets.poll() : message;
                if (next != null || ended) {
                    return next;
                }
                lock.wait();
            }
        }
    }
}
