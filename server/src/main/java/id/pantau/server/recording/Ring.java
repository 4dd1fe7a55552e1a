package id.pantau.server.recording;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamSignal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a recorder holds back until it is decided whether it is to be kept: whole GOPs, and between
/// them what the stream told. Payloads are shared with the hub. Used by the recorder's thread;
/// [#startMs] by any.
final class Ring {
    /// What is held, in the order it came.
    sealed interface Held {}

    /// A format, gap or end: applied when its turn comes.
    record Told(StreamSignal signal) implements Held {}

    /// Units from one key frame up to the next.
    static final class Gop implements Held {
        private final List<Entry> entries = new ArrayList<>();
        private long bytes;

        List<Entry> entries() {
            return entries;
        }

        long startWallMs() {
            return entries.getFirst().wallMs();
        }

        long endWallMs() {
            return entries.getLast().wallMs();
        }

        long startMs() {
            return entries.getFirst().placed().wallTime().toEpochMilli();
        }

        /// On the timeline; how long the last picture is shown is guessed from those before it.
        long endMs() {
            long first = startMs();
            long last = first;
            int pictures = -1;
            for (Entry entry : entries) {
                if (entry.reference()) {
                    last = entry.placed().wallTime().toEpochMilli();
                    pictures++;
                }
            }
            return last + (pictures > 0 ? Math.min(1000, (last - first) / pictures) : 1);
        }
    }

    /// @param placed with its place on the timeline
    /// @param wallMs when it came, by the server's clock
    /// @param stepped whether the timeline jumped to it
    record Entry(AccessUnit placed, long wallMs, boolean reference, boolean stepped) {}

    private final RingBudget budget;
    private final Deque<Held> held = new ArrayDeque<>();
    private long bytes;
    private volatile long startMs = Long.MAX_VALUE;

    Ring(RingBudget budget) {
        this.budget = budget;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    /// Where the oldest unit lies on the timeline; [Long#MAX_VALUE] without one.
    long startMs() {
        return startMs;
    }

    @Nullable Held first() {
        return held.peekFirst();
    }

    /// The GOP that begins next, if nothing lies between: null when something was told there, or
    /// there is none.
    @Nullable Gop second() {
        Iterator<Held> from = held.iterator();
        if (!from.hasNext()) {
            return null;
        }
        from.next();
        return from.hasNext() && from.next() instanceof Gop gop ? gop : null;
    }

    @Nullable Gop newest() {
        return held.peekLast() instanceof Gop gop ? gop : null;
    }

    Iterable<Held> all() {
        return held;
    }

    void tell(StreamSignal signal) {
        held.addLast(new Told(signal));
    }

    /// @return false for a unit without the key frame that it needs
    boolean add(Entry entry, boolean key) {
        if (key) {
            held.addLast(new Gop());
        }
        if (!(held.peekLast() instanceof Gop gop)) {
            return false;
        }
        gop.entries.add(entry);
        gop.bytes += entry.placed().sizeBytes();
        count(entry.placed().sizeBytes());
        if (startMs == Long.MAX_VALUE) {
            startMs = gop.startMs();
        }
        return true;
    }

    void removeFirst() {
        if (held.removeFirst() instanceof Gop gop) {
            count(-gop.bytes);
        }
        long oldest = Long.MAX_VALUE;
        for (Held next : held) {
            if (next instanceof Gop gop) {
                oldest = gop.startMs();
                break;
            }
        }
        startMs = oldest;
    }

    void clear() {
        held.clear();
        count(-bytes);
        startMs = Long.MAX_VALUE;
    }

    private void count(long change) {
        bytes += change;
        budget.add(change);
    }
}
