package id.pantau.media.hls;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.CacheBudget;
import id.pantau.media.mp4.BrowserFragmenter;
import id.pantau.media.mp4.Fragment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Cuts a stream into segments and parts and keeps the newest of them. Every change is published
/// once, as a whole: what a playlist hints at is what comes next. Not thread-safe.
///
/// Segments begin at key frames. Missing media is a discontinuity with a new date, not an
/// `EXT-X-GAP`: ffmpeg fetches gap segments all the same, and nobody knows the length of a gap that
/// an outage makes before it is over.
final class LiveSegmenter implements AutoCloseable {
    /// What a part is cut at. At the usual frame rates parts come out at 200..300 ms.
    static final Duration PART = Duration.ofMillis(300);

    /// A segment ends at the first key frame behind this: GOPs of 1 s make segments of 2 s.
    private static final Duration SEGMENT = Duration.ofMillis(1500);

    /// Where a GOP is cut that does not end, or is huge: its later segments are not independent.
    private static final Duration LONGEST_SEGMENT = Duration.ofSeconds(20);

    private static final long LARGEST_SEGMENT_BYTES = 12 << 20;

    /// More than six target durations, so that there is something to skip (§6.2.5.1).
    static final int LISTED = 10;

    /// A player needs three target durations to start (§6.2.2).
    private static final int LISTED_AT_LEAST = 3;

    private static final int EXPIRED = 2;

    /// All finished segments of a stream.
    private static final long WINDOW_BYTES = 32 << 20;

    /// A picture further from the one before is on another clock.
    private static final long JUMP_TICKS = 10 * MediaTime.TICKS_PER_SECOND;

    private final CacheBudget budget;
    private final Consumer<LiveWindow> out;
    private LiveWindow window;
    private @Nullable BrowserFragmenter fragmenter;
    private @Nullable LiveInit init;
    private boolean video;
    private boolean waitingForKeyFrame = true;
    private boolean discontinuity; // before the next segment
    private long endTicks = Long.MIN_VALUE; // of the newest part, on the fragmenter's clock
    private long newestPicture = Long.MIN_VALUE; // on the stream's clock
    private int pictures; // of the open segment
    private long countedBytes; // in the budget
    private boolean changed;

    /// @param firstNumber media sequence number of the first segment: higher than any this stream
    ///   had before, as players and caches remember names
    /// @param out given every new window, inside [#accept]
    LiveSegmenter(long firstNumber, CacheBudget budget, Consumer<LiveWindow> out) {
        this.budget = budget;
        this.out = out;
        this.window = new LiveWindow(List.of(), List.of(), null, firstNumber, 1, PART, 0);
    }

    void accept(StreamSignal signal) {
        switch (signal) {
            case StreamSignal.FormatChanged(StreamFormat format) -> begin(format);
            case StreamSignal.Unit(AccessUnit unit) -> add(unit);
            case StreamSignal.Gap _ -> breakOff();
            case StreamSignal.Ended _ -> {
                breakOff();
                fragmenter = null;
            }
        }
        if (changed) {
            changed = false;
            countBytes();
            out.accept(window);
        }
    }

    /// Gives the memory back to the budget.
    @Override
    public void close() {
        budget.add(-countedBytes);
        countedBytes = 0;
    }

    private void begin(StreamFormat format) {
        breakOff();
        video = format.video() != null;
        BrowserFragmenter next = BrowserFragmenter.of(format, PART, this::append);
        fragmenter = next;
        if (init == null || !init.segment().equals(next.init())) {
            init = new LiveInit(window.nextNumber(), next.init());
        }
    }

    private void add(AccessUnit unit) {
        boolean leading = unit.isVideo() == video;
        if (leading) {
            noteTime(unit);
        }
        BrowserFragmenter current = fragmenter;
        if (current == null || (waitingForKeyFrame && !(leading && unit.keyFrame()))) {
            return;
        }
        waitingForKeyFrame = false;
        current.add(unit);
        LiveSegment open = window.open();
        if (leading && unit.keyFrame() && open != null && open.duration().compareTo(SEGMENT) >= 0) {
            finish();
        }
        if (unit.isVideo()) {
            pictures++;
        }
    }

    private void noteTime(AccessUnit unit) {
        long ticks = unit.dts().ticks90k();
        if (newestPicture != Long.MIN_VALUE
                && (ticks < newestPicture || ticks - newestPicture > JUMP_TICKS)) {
            breakOff();
        }
        newestPicture = ticks;
    }

    /// The next unit does not follow the newest one.
    private void breakOff() {
        if (fragmenter != null && !waitingForKeyFrame) {
            fragmenter.flush();
            finish();
        }
        discontinuity = !window.listed().isEmpty();
        waitingForKeyFrame = true;
        endTicks = Long.MIN_VALUE;
        newestPicture = Long.MIN_VALUE;
        pictures = 0;
    }

    private void append(Fragment fragment) {
        LiveInit current = init;
        if (current == null) {
            throw new IllegalStateException("a fragment without a decoder configuration");
        }
        LiveSegment open = window.open();
        List<LivePart> parts = new ArrayList<>(open == null ? List.of() : open.parts());
        parts.add(part(fragment));
        LiveSegment next =
                new LiveSegment(
                        window.nextNumber(),
                        current,
                        open == null ? discontinuity : open.discontinuity(),
                        open == null ? fragment.wallStart() : open.wallStart(),
                        parts,
                        pictures);
        discontinuity = false;
        window = window.ofOpen(next, window.partTarget());
        window = window.ofOpen(next, partTarget());
        changed = true;
        if (next.duration().compareTo(LONGEST_SEGMENT) >= 0
                || next.sizeBytes() >= LARGEST_SEGMENT_BYTES) {
            finish();
        }
    }

    /// As long as it takes from the part before to its own end: sound that waited for a late
    /// picture makes fragments overlap, and parts must add up.
    private LivePart part(Fragment fragment) {
        long start = fragment.start().ticks90k();
        long length = Math.round(fragment.duration().toNanos() * 9 / 100_000.0);
        long from = endTicks == Long.MIN_VALUE ? start : endTicks;
        endTicks = Math.max(from + 1, start + length);
        return new LivePart(
                new MediaTime(endTicks).since(new MediaTime(from)),
                fragment.keyFrame(),
                fragment.sizeBytes(),
                fragment.buffers());
    }

    /// No listed part may be longer. It stays what it is while that is true and sensible; a picture
    /// that came late raises it for as long as its part is listed.
    private Duration partTarget() {
        Duration longest =
                window.partsListed().stream()
                        .flatMap(segment -> segment.parts().stream())
                        .map(LivePart::duration)
                        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        Duration rounded = Duration.ofMillis((longest.toNanos() + 9_999_999) / 10_000_000 * 10);
        Duration before = window.partTarget();
        boolean fits = before.compareTo(longest) >= 0;
        boolean sensible = before.multipliedBy(85).compareTo(longest.multipliedBy(100)) <= 0;
        return fits && sensible ? before : rounded;
    }

    private void finish() {
        LiveSegment open = window.open();
        if (open == null) {
            return;
        }
        changed = true;
        pictures = 0;
        List<LiveSegment> listed = new ArrayList<>(window.listed());
        List<LiveSegment> expired = new ArrayList<>(window.expired());
        long left = window.discontinuitySequence();
        listed.add(open);
        while (hasTooMany(listed)) {
            LiveSegment oldest = listed.removeFirst();
            left += oldest.discontinuity() ? 1 : 0;
            expired.addLast(oldest);
        }
        while (expired.size() > EXPIRED
                || (!expired.isEmpty() && bytes(listed) + bytes(expired) > WINDOW_BYTES)) {
            expired.removeFirst();
        }
        window =
                new LiveWindow(
                        expired,
                        listed,
                        null,
                        open.number() + 1,
                        Math.max(window.targetDurationS(), roundedS(open.duration())),
                        window.partTarget(),
                        left);
        window = window.ofOpen(null, partTarget());
    }

    private boolean hasTooMany(List<LiveSegment> listed) {
        if (listed.size() > LISTED) {
            return true;
        }
        long bytes = bytes(listed);
        return (listed.size() > 1 && bytes > WINDOW_BYTES)
                || (listed.size() > LISTED_AT_LEAST && budget.exceeded());
    }

    private static long roundedS(Duration duration) {
        return duration.plusMillis(500).toSeconds();
    }

    private static long bytes(List<LiveSegment> segments) {
        return segments.stream().mapToLong(LiveSegment::sizeBytes).sum();
    }

    private void countBytes() {
        LiveSegment open = window.open();
        long bytes =
                bytes(window.listed())
                        + bytes(window.expired())
                        + (open == null ? 0 : open.sizeBytes());
        budget.add(bytes - countedBytes);
        countedBytes = bytes;
    }
}
