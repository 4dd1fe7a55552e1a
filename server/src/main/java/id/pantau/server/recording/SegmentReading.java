package id.pantau.server.recording;

import id.pantau.media.Codec;
import id.pantau.media.MediaFormat;
import id.pantau.media.mp4.MalformedMp4Exception;
import id.pantau.media.mp4.RecordedFile;
import id.pantau.media.mp4.SegmentNote;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ledger row that a file makes by itself. Closing a segment, salvaging one after a crash and
/// rebuilding the index all go through here: that is why they agree.
///
/// @param holes moments inside the segment that no fragment covers
/// @param tornBytes what follows the last whole fragment
record SegmentReading(Segment segment, List<TimeSet.Span> holes, long tornBytes) {
    SegmentReading {
        holes = List.copyOf(holes);
    }

    /// The file has an init segment and nothing else.
    static final class NoMedia extends IOException {
        private static final long serialVersionUID = 1;

        NoMedia(String message) {
            super(message);
        }
    }

    /// @throws MalformedMp4Exception when it is not a recording, or not of this name
    /// @throws NoMedia when it holds no whole fragment
    static SegmentReading of(String volume, Path root, SegmentName name) throws IOException {
        try (var channel = FileChannel.open(name.under(root), StandardOpenOption.READ)) {
            return of(volume, name, RecordedFile.read(channel));
        }
    }

    private static SegmentReading of(String volume, SegmentName name, RecordedFile file)
            throws IOException {
        SegmentNote note = file.note();
        if (note == null || !note.camera().equals(name.camera())) {
            throw new MalformedMp4Exception(
                    "no note says that this is a recording of " + name.id());
        }
        if (file.fragments().isEmpty()) {
            throw new NoMedia("no whole fragment in " + name.id());
        }
        long startMs = roundedMs(note.startAt());
        if (Math.floorDiv(startMs, 1000) != name.second().getEpochSecond()) {
            throw new MalformedMp4Exception(
                    "%s says that it begins at %s".formatted(name.id(), note.startAt()));
        }
        var holes = new ArrayList<TimeSet.Span>();
        long end = startMs;
        for (RecordedFile.Entry entry : file.fragments()) {
            long from = roundedMs(entry.wallStart());
            if (from - end >= CoverageLedger.EXACT_MS) {
                holes.add(new TimeSet.Span(end, from));
            }
            end = Math.max(end, roundedMs(entry.wallStart().plus(entry.duration())));
        }
        end = Math.max(end, startMs + 1);
        long missing = holes.stream().mapToLong(TimeSet.Span::lengthMs).sum();
        var segment =
                new Segment(
                        name.id(),
                        note.camera(),
                        note.stream(),
                        Instant.ofEpochMilli(startMs),
                        Instant.ofEpochMilli(end),
                        Duration.ofMillis(end - startMs - missing),
                        volume,
                        file.wholeBytes(),
                        Reason.join(file.reasons()),
                        codec(file.format().video()),
                        codec(file.format().audio()),
                        false,
                        false);
        return new SegmentReading(segment, holes, file.fileBytes() - file.wholeBytes());
    }

    private static @Nullable Codec codec(@Nullable MediaFormat format) {
        return format == null ? null : format.codec();
    }

    /// To the nearest millisecond: the file's clock counts in 2^-32 s, and times were placed on
    /// whole milliseconds.
    static long roundedMs(Instant instant) {
        return Math.floorDiv(
                instant.getEpochSecond() * 1_000_000 + (instant.getNano() + 500) / 1000 + 500,
                1000);
    }
}
