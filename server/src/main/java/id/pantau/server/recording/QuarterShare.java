package id.pantau.server.recording;

import java.util.ArrayList;
import java.util.List;

/// How much of a segment falls into a quarter of an hour. The same segment always gives the same
/// shares, so that what was added when it was recorded is taken off when it is deleted.
///
/// @param startMs of the quarter, UTC epoch ms
record QuarterShare(long startMs, long recordedMs) {
    static List<QuarterShare> of(Segment segment) {
        long start = segment.startMs();
        long span = segment.endMs() - start;
        long recorded = segment.recorded().toMillis();
        var shares = new ArrayList<QuarterShare>();
        long given = 0;
        long quarter = Math.floorDiv(start, Ledger.QUARTER_MS) * Ledger.QUARTER_MS;
        for (; quarter < segment.endMs(); quarter += Ledger.QUARTER_MS) {
            long until = Math.min(quarter + Ledger.QUARTER_MS, segment.endMs());
            long dueByNow = recorded * (until - start) / span;
            shares.add(new QuarterShare(quarter, dueByNow - given));
            given = dueByNow;
        }
        return shares;
    }
}
