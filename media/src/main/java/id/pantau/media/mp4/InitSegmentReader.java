package id.pantau.media.mp4;

import id.pantau.media.MediaTime;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything before the first fragment of a file, read.
///
/// @param note null when the file is none that Pantau recorded
/// @param end where the first fragment begins
record InitSegmentReader(MovieHeader movie, @Nullable SegmentNote note, long end) {
    private static final int MAX_MOOV_BYTES = 64 << 20;
    private static final int MAX_NOTE_BYTES = 4 * 0x1_0000;
    private static final int MAX_BOXES = 1000;
    private static final Set<Integer> BEHIND_MOOV =
            Stream.of("uuid", "free", "skip", "wide", "meta", "udta", "pdin")
                    .map(FourCc::of)
                    .collect(Collectors.toUnmodifiableSet());

    /// @throws MalformedMp4Exception when there is no whole `moov`, or nothing in it is ours
    static InitSegmentReader read(BoxScanner boxes) throws IOException {
        MovieHeader movie = null;
        SegmentNote note = null;
        long position = 0;
        for (int i = 0; i < MAX_BOXES; i++) {
            BoxHeader box = boxes.at(position);
            if (box == null || !boxes.whole(box) || movie != null && !belongsToInit(box)) {
                break;
            }
            if (box.type() == FourCc.MOOV && movie == null) {
                movie = MovieHeader.read(boxes.body(box, MAX_MOOV_BYTES));
            } else if (box.type() == FourCc.UUID && note == null && box.bytes() < MAX_NOTE_BYTES) {
                note = NoteBox.read(boxes.body(box, MAX_NOTE_BYTES));
            }
            position = box.end();
        }
        if (movie == null) {
            throw new MalformedMp4Exception(
                    "no whole moov box in %d bytes; reading ended at %d"
                            .formatted(boxes.fileBytes(), position));
        }
        return new InitSegmentReader(movie, note, position);
    }

    /// Wall clock of a time in the file, as far as its note tells; else counted from the epoch.
    Instant wallTime(MediaTime time) {
        Instant zero = note == null ? Instant.EPOCH : note.startAt();
        try {
            return zero.plus(time.since(MediaTime.ZERO));
        } catch (java.time.DateTimeException | ArithmeticException _) {
            return zero;
        }
    }

    /// What may stand behind `moov` and still before the fragments. Anything else, damage included,
    /// is the fragment scanner's: a damaged size must not lead past sound fragments.
    private static boolean belongsToInit(BoxHeader box) {
        return BEHIND_MOOV.contains(box.type());
    }
}
