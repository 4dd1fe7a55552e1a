package id.pantau.server.playback;

import id.pantau.media.mp4.RecordedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Neighbouring fragments of one file, beginning with a key frame: one HLS media segment.
///
/// @param first index of a fragment
/// @param last index of the last one, inclusive
/// @param brokenBefore whether media is missing before it
record Run(IndexedSegment segment, int first, int last, boolean brokenBefore) {
    /// A run ends at the first key frame after this.
    private static final Duration TARGET = Duration.ofSeconds(4);

    Instant wallStart() {
        return segment.fragments().get(first).wallStart();
    }

    Instant wallEnd() {
        return segment.wallEnd(last);
    }

    Duration duration() {
        RecordedFile.Entry end = segment.fragments().get(last);
        return end.start().since(segment.fragments().get(first).start()).plus(end.duration());
    }

    /// Cuts fragments `from` until `end` of a file into runs. The cuts do not depend on where the
    /// range begins or ends, so that neighbouring playlists share what browsers have cached.
    static List<Run> cut(IndexedSegment segment, int from, int end) {
        var runs = new ArrayList<Run>();
        int first = 0;
        boolean broken = false;
        for (int i = 1; i <= end; i++) {
            boolean last = i == end;
            boolean hole = !last && segment.holeBefore(i);
            if (last || hole || isCut(segment, first, i)) {
                if (i > from) {
                    runs.add(new Run(segment, first, i - 1, broken));
                }
                first = i;
                broken = hole;
            }
        }
        return runs;
    }

    private static boolean isCut(IndexedSegment segment, int first, int next) {
        RecordedFile.Entry entry = segment.fragments().get(next);
        Duration length = entry.start().since(segment.fragments().get(first).start());
        return entry.keyFrame() && length.compareTo(TARGET) >= 0;
    }
}
