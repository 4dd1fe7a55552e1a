package id.pantau.media.webrtc;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Which packets of a publisher are missing and when to ask for them (RFC 4585 §6.2.1). Not
/// thread-safe.
final class NackTracker {
    /// Packets overtake each other on their way: asked for is what stays away longer.
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(8);

    private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// As long as the reordering waits.
    static final long GIVE_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(240);

    private static final int MAX_MISSING = 200;
    private static final int MAX_ASKED = 100;

    private static final class Missing {
        final long sinceNanos;
        long nextNanos;

        Missing(long nanos) {
            sinceNanos = nanos;
            nextNanos = nanos + PATIENCE_NANOS;
        }
    }

    private final Map<Integer, Missing> missing = new LinkedHashMap<>(); // in ascending order
    private int highest = -1;
    private long asked;

    /// @param sequence 0..65535
    void arrived(int sequence, long nanos) {
        int ahead = highest < 0 ? 1 : (short) (sequence - highest);
        if (ahead <= 0) {
            missing.remove(sequence);
            return;
        }
        if (ahead > MAX_MISSING) {
            missing.clear(); // a sender that began anew, or a hole that nothing mends
        } else {
            for (int i = 1; i < ahead && missing.size() < MAX_MISSING; i++) {
                missing.put(highest + i & 0xffff, new Missing(nanos));
            }
        }
        highest = sequence;
    }

    /// Those to ask for now, in ascending order.
    List<Integer> due(long nanos) {
        var due = new ArrayList<Integer>();
        for (Iterator<Map.Entry<Integer, Missing>> all = missing.entrySet().iterator();
                all.hasNext() && due.size() < MAX_ASKED; ) {
            Map.Entry<Integer, Missing> one = all.next();
            Missing state = one.getValue();
            if (nanos - state.sinceNanos > GIVE_UP_NANOS) {
                all.remove();
            } else if (nanos - state.nextNanos >= 0) {
                state.nextNanos = nanos + REPEAT_NANOS;
                due.add(one.getKey());
            }
        }
        asked += due.size();
        return due;
    }

    boolean isWaiting() {
        return !missing.isEmpty();
    }

    /// Sequence numbers asked for, repeats included.
    long asked() {
        return asked;
    }
}
