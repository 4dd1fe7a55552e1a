package id.pantau.media.webrtc;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaFormat;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// What a track sent lately, for peers that ask for packets again. Kept are the access units, which
/// are shared by all viewers of a stream, and not their packets: those are cut again when somebody
/// asks, which is rare. So a hundred viewers cost no more memory than one. Thread-safe.
final class SentUnits {
    private static final Duration KEPT = Duration.ofMillis(1500);
    private static final int MAX_UNITS = 1024;

    /// @param firstIndex of its first packet: rollover counter and sequence number; its last is the
    ///   one before the next unit's first
    record Sent(AccessUnit unit, MediaFormat format, long firstIndex, long sentNanos) {}

    private final Object lock = new Object();
    private final ArrayDeque<Sent> units = new ArrayDeque<>();

    /// Before its first packet is sent, so that it is known when the peer asks for that.
    void add(Sent sent) {
        synchronized (lock) {
            while (!units.isEmpty()
                    && (units.size() >= MAX_UNITS
                            || sent.sentNanos() - units.getFirst().sentNanos() > KEPT.toNanos())) {
                units.removeFirst();
            }
            units.addLast(sent);
        }
    }

    /// @param index of a packet sent not long ago
    @Nullable Sent find(long index) {
        synchronized (lock) {
            for (Iterator<Sent> sent = units.descendingIterator(); sent.hasNext(); ) {
                Sent one = sent.next();
                if (one.firstIndex() <= index) {
                    return one;
                }
            }
            return null;
        }
    }
}
