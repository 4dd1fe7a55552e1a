package id.pantau.server.recording;

import id.pantau.media.GapCause;
import id.pantau.media.mp4.MalformedMp4Exception;
import id.pantau.server.database.Database;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finishes what a crash or an ill volume left: deletes that were marked, and files without a row,
/// which are cut to their last whole fragment and kept.
final class Salvage {
    private static final Logger log = LoggerFactory.getLogger(Salvage.class);

    /// What cannot be read and is smaller was caught while it was being created.
    private static final long NEVER_A_RECORDING_BYTES = 256 << 10;

    private static final String HOLE = "media was lost on the way";

    private final Database database;

    Salvage(Database database) {
        this.database = database;
    }

    /// Looks at every file that is newer than its camera's newest row: rows are written in order,
    /// so no other can lack one.
    ///
    /// @param inUse files that recorders are writing
    List<Segment> run(Volume volume, List<Path> inUse) throws IOException {
        finishDeletes(volume);
        var kept = new ArrayList<Segment>();
        for (Path camera : Directories.list(volume.root())) {
            if (!SegmentName.CAMERA.matcher(camera.getFileName().toString()).matches()) {
                continue;
            }
            for (SegmentName name : unlisted(volume, camera)) {
                if (!inUse.contains(name.under(volume.root()))) {
                    one(volume.id(), volume.root(), name).ifPresent(kept::add);
                }
            }
        }
        return kept;
    }

    private List<SegmentName> unlisted(Volume volume, Path camera) throws IOException {
        String id = camera.getFileName().toString();
        Instant newest = newestRow(id, volume.id());
        String newestDay = newest.equals(Instant.MIN) ? "" : newest.toString().substring(0, 10);
        var names = new ArrayList<SegmentName>();
        for (Path day : Directories.list(camera)) {
            if (day.getFileName().toString().compareTo(newestDay) < 0) {
                continue;
            }
            for (Path file : Directories.list(day)) {
                SegmentName.of(volume.root(), file)
                        .filter(name ->
                                newest.equals(Instant.MIN) || !name.second().isBefore(newest))
                        .filter(name -> !hasRow(name))
                        .ifPresent(names::add);
            }
        }
        return names;
    }

    private Instant newestRow(String camera, String volume) {
        return database.read(jdbc ->
                jdbc.sql(
                                "select start_at_ms from segment where camera = :camera and volume = :volume order by start_at_ms desc limit 1")
                        .param("camera", camera)
                        .param("volume", volume)
                        .query(Long.class)
                        .optional()
                        .map(ms -> Instant.ofEpochSecond(Math.floorDiv(ms, 1000L)))
                        .orElse(Instant.MIN));
    }

    private boolean hasRow(SegmentName name) {
        return database.read(jdbc ->
                jdbc.sql(
                                        "select count(*) from segment where camera = :camera and start_at_ms >= :second and start_at_ms < :second + 1000 and file = :file")
                                .param("camera", name.camera())
                                .param("second", name.second().toEpochMilli())
                                .param("file", name.id())
                                .query(Long.class)
                                .single()
                        > 0);
    }

    /// Cuts one file to its last whole fragment, makes it durable and lists it. A file without one
    /// whole fragment goes; one that cannot be read stays for `fsck` to report.
    Optional<Segment> one(String volume, Path root, SegmentName name) throws IOException {
        Path file = name.under(root);
        try {
            SegmentReading reading = SegmentReading.of(volume, root, name);
            Segment segment = reading.segment();
            cut(root, reading);
            database.<@Nullable Void>write(jdbc -> {
                list(new Ledger(jdbc), reading);
                return null;
            });
            return Optional.of(segment);
        } catch (SegmentReading.NoMedia _) {
            discard(file);
        } catch (MalformedMp4Exception e) {
            if (Files.size(file) < NEVER_A_RECORDING_BYTES) {
                discard(file);
            } else {
                log.warn("{} cannot be read and stays: {}", name.id(), e.getMessage());
            }
        } catch (NoSuchFileException _) {
            log.debug("{} is gone", name.id());
        }
        return Optional.empty();
    }

    /// Takes the torn tail off and makes the file durable.
    static void cut(Path root, SegmentReading reading) throws IOException {
        Segment segment = reading.segment();
        Path file = SegmentName.parse(segment.id()).orElseThrow().under(root);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (reading.tornBytes() > 0) {
                channel.truncate(segment.sizeBytes());
                log.info("cut {} torn bytes off {}", reading.tornBytes(), segment.id());
            }
            channel.force(true);
        }
        forceDirectoryOf(file);
    }

    private static void forceDirectoryOf(Path file) throws IOException {
        Path day = file.getParent();
        if (day != null) {
            Directories.force(day);
        }
    }

    /// The row, and gaps for holes that nobody wrote down before the crash.
    static void list(Ledger ledger, SegmentReading reading) {
        Segment segment = reading.segment();
        ledger.insert(segment);
        List<Gap> known = ledger.listGaps(segment.camera(), segment.startMs(), segment.endMs());
        TimeSet named =
                TimeSet.ofAll(
                        known.stream()
                                .map(gap ->
                                        new TimeSet.Span(
                                                gap.start().toEpochMilli(),
                                                gap.end().toEpochMilli()))
                                .toList());
        TimeSet unnamed = TimeSet.ofAll(reading.holes()).minus(named);
        for (TimeSet.Span hole : unnamed.atLeast(CoverageLedger.EXACT_MS).spans()) {
            ledger.putGap(
                    segment.camera(),
                    new Gap(
                            Instant.ofEpochMilli(hole.startMs()),
                            Instant.ofEpochMilli(hole.endMs()),
                            GapCause.NETWORK,
                            HOLE));
        }
    }

    private static void discard(Path file) throws IOException {
        log.info("{} holds no media and is removed", file.getFileName());
        Files.deleteIfExists(file);
        forceDirectoryOf(file);
    }

    private void finishDeletes(Volume volume) throws IOException {
        List<Segment> marked = database.read(jdbc -> new Ledger(jdbc).listDeleting(volume.id()));
        if (!marked.isEmpty()) {
            new Eraser(database, volume).finish(marked);
        }
    }
}
