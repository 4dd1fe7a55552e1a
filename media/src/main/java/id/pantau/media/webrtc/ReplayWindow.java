package id.pantau.media.webrtc;

/// Which packets of one SSRC have come (RFC 3711 §3.3.1, §3.3.2). Wider than the 64 the RFC asks
/// for, because packets that were asked for again come late. Not thread-safe.
final class ReplayWindow {
    private static final int SIZE = 1024;

    private final long[] seen = new long[SIZE / 64];
    private long highest = -1;

    /// The index a sequence number most likely stands for.
    long indexOf(int sequence) {
        if (highest < 0) {
            return sequence;
        }
        long ahead = (short) (sequence - (int) highest);
        long index = highest + ahead;
        return index < 0 ? index + 0x1_0000 : index;
    }

    boolean isNew(long index) {
        if (index > highest) {
            return true;
        }
        return highest - index < SIZE && (seen[word(index)] & 1L << (index & 63)) == 0;
    }

    /// @param index of a packet that was authentic and [#isNew]
    void accept(long index) {
        if (index > highest) {
            long from = Math.max(highest + 1, index - SIZE + 1);
            for (long skipped = from; skipped <= index; skipped++) {
                seen[word(skipped)] &= ~(1L << (skipped & 63));
            }
            highest = index;
        }
        seen[word(index)] |= 1L << (index & 63);
    }

    private static int word(long index) {
        return (int) (index & SIZE - 1) >> 6;
    }
}
