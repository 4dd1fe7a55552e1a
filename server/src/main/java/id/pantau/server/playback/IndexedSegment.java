package id.pantau.server.playback;

import id.pantau.media.mp4.BrowserPlayback;
import id.pantau.media.mp4.RecordedFile;
import id.pantau.server.recording.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A recorded file and where its fragments are.
record IndexedSegment(Segment segment, RecordedFile file, BrowserPlayback playback) {
    /// A hole between two fragments shorter than this is only a rounding.
    private static final Duration TOLERANCE = Duration.ofMillis(100);

    List<RecordedFile.Entry> fragments() {
        return file.fragments();
    }

    /// The fragment to begin with so that the picture at `from` can be decoded: the last key frame
    /// not after it; the first fragment when the file begins later.
    int firstFor(Instant from) {
        int first = 0;
        for (int i = 0; i < fragments().size(); i++) {
            RecordedFile.Entry fragment = fragments().get(i);
            if (fragment.wallStart().isAfter(from)) {
                break;
            }
            first = fragment.keyFrame() ? i : first;
        }
        return first;
    }

    /// One behind the last fragment that begins before `until`.
    int endFor(Instant until) {
        int end = fragments().size();
        while (end > 0 && !fragments().get(end - 1).wallStart().isBefore(until)) {
            end--;
        }
        return end;
    }

    Instant wallEnd(int fragment) {
        RecordedFile.Entry entry = fragments().get(fragment);
        return entry.wallStart().plus(entry.duration());
    }

    /// Whether media is missing between a fragment and the one before it.
    boolean holeBefore(int fragment) {
        if (fragment == 0) {
            return false;
        }
        RecordedFile.Entry before = fragments().get(fragment - 1);
        Duration distance = fragments().get(fragment).start().since(before.start());
        return distance.minus(before.duration()).compareTo(TOLERANCE) > 0;
    }
}
