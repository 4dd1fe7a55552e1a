package id.pantau.media.mp4;

import id.pantau.media.MediaKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Walks the fragments of a file, whole or damaged: a fragment that makes no sense costs itself,
/// the search goes on at the next one.
final class FragmentScanner {
    /// A moof of ours has some hundred bytes for a second; foreign ones hold minutes.
    private static final int MAX_MOOF_BYTES = 4 << 20;

    private static final int MAX_NOTE_BYTES = 4096;

    /// How often a damaged file is searched for the next `moof`; each costs a bounded read.
    private static final int MAX_SEARCHES = 512;

    private static final Set<Integer> TOP_LEVEL =
            Stream.of(
                            "ftyp", "styp", "moov", "moof", "mdat", "prft", "mfra", "sidx", "ssix",
                            "emsg", "free", "skip", "wide", "uuid", "meta", "pdin")
                    .map(FourCc::of)
                    .collect(Collectors.toUnmodifiableSet());

    private static final Set<Integer> BEGINS_FRAGMENT =
            Set.of(FourCc.PRFT, FourCc.MOOF, FourCc.MFRA);

    private final BoxScanner boxes;
    private final MovieHeader movie;
    private final Map<MediaKind, Long> continueAt = new EnumMap<>(MediaKind.class);
    private final List<String> reasons = new ArrayList<>();
    private final List<String> told = new ArrayList<>(); // by notes that no fragment followed yet
    private long position;
    private long wholeEnd;
    private boolean closed;
    private int searches;

    /// One fragment that is there to its last byte.
    ///
    /// @param offset of its first box: `prft`, `styp`, … or `moof`
    /// @param wallStart by its `prft`; null without one
    record Found(long offset, long end, @Nullable Instant wallStart, MovieFragment fragment) {}

    FragmentScanner(BoxScanner boxes, MovieHeader movie, long from) {
        this.boxes = boxes;
        this.movie = movie;
        position = from;
        wholeEnd = from;
    }

    /// Past the last whole fragment, or past the closing index.
    long wholeEnd() {
        return wholeEnd;
    }

    /// Whether the last box is a whole `mfra`; known when [#next()] has returned null.
    boolean closed() {
        return closed;
    }

    /// Of the notes between the fragments found so far. One behind the last of them is of no
    /// meaning: what it spoke of is not there.
    List<String> reasons() {
        return reasons;
    }

    @Nullable Found next() throws IOException {
        long start = position;
        Instant wallStart = null;
        MovieFragment fragment = null;
        while (true) {
            BoxHeader box = boxes.at(position);
            boolean sound = box != null && plausible(box) && boxes.whole(box);
            if (box != null && fragment != null && BEGINS_FRAGMENT.contains(box.type())) {
                sound = false; // the moof before lost its mdat: its size reaches over others
            }
            if (box != null && sound && box.type() == FourCc.MOOF) {
                fragment = readMoof(box);
                sound = fragment != null;
            }
            if (box != null && sound && box.type() == FourCc.MDAT) {
                long end = fragment == null ? -1 : endOf(box, fragment);
                if (fragment != null && end > 0) {
                    remember(fragment);
                    reasons.addAll(told);
                    told.clear();
                    position = end;
                    wholeEnd = end;
                    return new Found(start, end, wallStart, fragment);
                }
                sound = false;
            }
            if (box == null || !sound) {
                // Not from here: a damaged size may have led past sound fragments.
                if (!search(start)) {
                    return null;
                }
                start = position;
                wallStart = null;
                fragment = null;
                continue;
            }
            position = box.end();
            if (box.type() == FourCc.PRFT) {
                wallStart = readWallClock(box);
            } else if (box.type() == FourCc.UUID && fragment == null && wallStart == null) {
                readNote(box);
                start = position;
            } else if (box.type() == FourCc.MFRA) {
                closed = position == boxes.fileBytes();
                wholeEnd = position;
                start = position;
            }
        }
    }

    /// Where a fragment really ends. An `mdat` that is larger than its samples is believed only if
    /// a box follows it; one whose size skips the next fragment is not.
    ///
    /// @return -1 when samples are missing, or nothing can be believed
    private long endOf(BoxHeader mdat, MovieFragment fragment) throws IOException {
        long end = fragment.dataEnd();
        if (end > mdat.end()) {
            return -1;
        }
        if (end > mdat.bodyOffset() && end < mdat.end()) {
            BoxHeader inside = boxes.at(end);
            if (inside != null
                    && (inside.type() == FourCc.PRFT || inside.type() == FourCc.MOOF)
                    && boxes.whole(inside)) {
                return end;
            }
        }
        if (end == mdat.end() || mdat.end() == boxes.fileBytes()) {
            return mdat.end();
        }
        BoxHeader next = boxes.at(mdat.end());
        return next != null && plausible(next) ? mdat.end() : -1;
    }

    /// Whether it is a box that may stand between fragments; others are payload or damage.
    private static boolean plausible(BoxHeader box) {
        return TOP_LEVEL.contains(box.type())
                && (box.type() != FourCc.PRFT || box.bytes() >= 24 && box.bytes() <= 64);
    }

    private @Nullable MovieFragment readMoof(BoxHeader box) throws IOException {
        try {
            return MovieFragment.read(
                    boxes.body(box, MAX_MOOF_BYTES),
                    movie,
                    box.offset(),
                    boxes.fileBytes(),
                    continueAt);
        } catch (MalformedMp4Exception _) {
            return null; // counts as damaged
        }
    }

    private Instant readWallClock(BoxHeader box) throws IOException {
        return NtpTime.toInstant(boxes.body(box, 64).skip(8).i64());
    }

    private void readNote(BoxHeader box) throws IOException {
        if (box.bytes() > MAX_NOTE_BYTES) {
            return;
        }
        try {
            SegmentNote note = NoteBox.read(boxes.body(box, MAX_NOTE_BYTES));
            if (note != null) {
                told.add(note.reason());
            }
        } catch (MalformedMp4Exception _) {
            // somebody else's, or damaged: it says nothing
        }
    }

    private void remember(MovieFragment fragment) {
        for (MediaKind kind : MediaKind.values()) {
            SampleTable table = fragment.samples(kind);
            if (table != null) {
                continueAt.put(kind, table.end());
            }
        }
    }

    /// Goes to the next `moof` that begins with an `mfhd`, and to the `prft` before it.
    private boolean search(long from) throws IOException {
        long at = from + 1;
        while (searches++ < MAX_SEARCHES) {
            long name = boxes.find(FourCc.MOOF, at + 4);
            if (name < 0) {
                return false;
            }
            long moof = name - 4;
            BoxHeader inner = boxes.at(moof + 8);
            if (inner != null && inner.type() == FourCc.MFHD && inner.bytes() == 16) {
                long before = moof - FragmentWriter.PRFT_BYTES;
                BoxHeader prft = before > from ? boxes.at(before) : null;
                boolean clock = prft != null && prft.type() == FourCc.PRFT && prft.end() == moof;
                position = clock ? before : moof;
                return true;
            }
            at = moof + 1;
        }
        return false;
    }
}
