package id.pantau.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// When messages were whole at their viewers: how long after capture, and how long after the first
/// viewer who had the same one. Thread-safe.
final class Arrivals {
    /// `prft` (ISO/IEC 14496-12 §8.16.5) is the first box of every fragment.
    static final int STAMP_BYTES = 24;

    private static final int PRFT = 0x70726674;
    private static final int NTP_AT = 16;
    private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;
    private static final int MOST = 1 << 20;

    private record Message(int stream, long ntp) {}

    private final Map<Message, Long> firstNanos = new ConcurrentHashMap<>();
    private final long[] delayNanos = new long[MOST]; // guarded by this
    private final long[] behindNanos = new long[MOST]; // guarded by this
    private int count; // guarded by this

    /// Makes a message look like a fragment captured at `at`.
    static void stamp(ByteBuffer message, Instant at) {
        long fraction = ((long) at.getNano() << 32) / 1_000_000_000;
        message.putInt(4, PRFT);
        message.putLong(NTP_AT, (at.getEpochSecond() + NTP_EPOCH_SECONDS) << 32 | fraction);
    }

    /// @param head the first [#STAMP_BYTES] of a binary message; ignored when it is no fragment
    void arrived(int stream, ByteBuffer head) {
        if (head.getInt(4) != PRFT) {
            return;
        }
        long now = System.nanoTime();
        long ntp = head.getLong(NTP_AT);
        Instant captured =
                Instant.ofEpochSecond(
                        (ntp >>> 32) - NTP_EPOCH_SECONDS,
                        ((ntp & 0xffff_ffffL) * 1_000_000_000) >>> 32);
        long delay = Duration.between(captured, Instant.now()).toNanos();
        Long first = firstNanos.putIfAbsent(new Message(stream, ntp), now);
        synchronized (this) {
            if (count < MOST) {
                delayNanos[count] = delay;
                behindNanos[count++] = first == null ? 0 : now - first;
            }
        }
    }

    synchronized int count() {
        return count;
    }

    /// @param part 0..1
    double delayMs(double part) {
        return quantileMs(delayNanos, part);
    }

    /// @param part 0..1
    double behindMs(double part) {
        return quantileMs(behindNanos, part);
    }

    private synchronized double quantileMs(long[] values, double part) {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[(int) ((count - 1) * part)] / 1e6;
    }
}
