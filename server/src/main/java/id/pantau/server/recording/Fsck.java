package id.pantau.server.recording;

import id.pantau.media.mp4.MalformedMp4Exception;
import id.pantau.server.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Checks that files and ledger say the same, both ways; and makes the ledger's segments again from
/// the files. For use while no recorder runs. Checking changes nothing.
public final class Fsck {
    private final Database database;
    private final List<FsckFinding> findings = new ArrayList<>();
    private final List<String> repaired = new ArrayList<>();
    private int volumes;
    private long files;
    private long rows;

    private Fsck(Database database) {
        this.database = database;
    }

    /// Reads every file's boxes (not its media) on every volume the database knows.
    ///
    /// @throws IOException when a volume cannot be read at all
    public static FsckReport check(Database database) throws IOException {
        return new Fsck(database).run(false, null);
    }

    /// Replaces every segment row by what the files say, cuts torn tails, and checks the outcome.
    /// Locks, gaps and policies stay: they are not in the files.
    ///
    /// @param volume a directory to take in when the database is new; null for those it knows
    public static FsckReport rebuild(Database database, @Nullable Path volume) throws IOException {
        return new Fsck(database).run(true, volume);
    }

    private FsckReport run(boolean rebuild, @Nullable Path added) throws IOException {
        if (added != null) {
            takeIn(added);
        }
        for (Ledger.VolumeRow row : database.read(jdbc -> new Ledger(jdbc).listVolumes())) {
            volumes++;
            Path root = Path.of(row.path());
            if (!isThere(root, row.id())) {
                continue;
            }
            for (String camera : cameras(root, row.id())) {
                if (rebuild) {
                    rebuild(root, row.id(), camera);
                }
                check(root, row.id(), camera);
            }
        }
        return new FsckReport(volumes, files, rows, findings, repaired);
    }

    private void takeIn(Path root) throws IOException {
        var identity =
                VolumeIdentity.read(root)
                        .orElseThrow(() ->
                                new IOException(
                                        "%s is not a volume, it holds no %s: mount its disk, or name another directory with PANTAU_RECORDING_VOLUME"
                                                .formatted(root, VolumeIdentity.FILE)));
        var row =
                new Ledger.VolumeRow(
                        identity.id(), root.toString(), identity.created().toEpochMilli());
        database.<@Nullable Void>write(jdbc -> {
            new Ledger(jdbc).putVolume(row);
            return null;
        });
    }

    private boolean isThere(Path root, String id) throws IOException {
        var found = VolumeIdentity.read(root);
        if (found.isPresent() && found.get().id().equals(id)) {
            return true;
        }
        String detail =
                found.isPresent()
                        ? "volume %s is there instead".formatted(found.get().id())
                        : "there is no %s: is it mounted?".formatted(VolumeIdentity.FILE);
        report(FsckFinding.Kind.VOLUME_MISSING, id, root.toString(), detail);
        return false;
    }

    private TreeSet<String> cameras(Path root, String volume) throws IOException {
        var cameras = new TreeSet<String>();
        cameras.addAll(database.read(jdbc -> new Ledger(jdbc).camerasOn(volume)));
        for (Path entry : Directories.list(root)) {
            String name = entry.getFileName().toString();
            if (Files.isDirectory(entry) && SegmentName.CAMERA.matcher(name).matches()) {
                cameras.add(name);
            } else if (!name.startsWith(".pantau-") && !name.equals("lost+found")) {
                report(FsckFinding.Kind.FOREIGN_FILE, volume, name, "not one of a recorder");
            }
        }
        return cameras;
    }

    // -- checking ------------------------------------------------------------------------------

    private void check(Path root, String volume, String camera) throws IOException {
        Map<String, Segment> byFile = new HashMap<>();
        List<Segment> listed = database.read(jdbc -> new Ledger(jdbc).listAll(camera, volume));
        listed.forEach(segment -> byFile.put(segment.id(), segment));
        rows += listed.size();
        var deleting = new TreeSet<String>();
        database.read(jdbc -> new Ledger(jdbc).listDeleting(volume))
                .forEach(segment -> deleting.add(segment.id()));
        for (Path file : filesOf(root, volume, camera)) {
            files++;
            SegmentName name = SegmentName.of(root, file).orElseThrow();
            Segment row = byFile.remove(name.id());
            if (deleting.contains(name.id())) {
                report(
                        FsckFinding.Kind.DELETE_PENDING,
                        volume,
                        shown(root, file),
                        "its row says that it is being deleted");
            } else {
                checkFile(root, volume, name, row);
            }
        }
        for (Segment row : byFile.values()) {
            report(
                    deleting.contains(row.id())
                            ? FsckFinding.Kind.DELETE_PENDING
                            : FsckFinding.Kind.ROW_WITHOUT_FILE,
                    volume,
                    row.id(),
                    "the ledger lists it, the volume does not have it");
        }
        checkOverlaps(volume, listed);
    }

    private void checkFile(Path root, String volume, SegmentName name, @Nullable Segment row)
            throws IOException {
        String where = shown(root, name.under(root));
        try {
            SegmentReading reading = SegmentReading.of(volume, root, name);
            if (reading.tornBytes() > 0) {
                report(
                        FsckFinding.Kind.TORN,
                        volume,
                        where,
                        "%d bytes follow the last whole fragment".formatted(reading.tornBytes()));
            }
            if (row == null) {
                report(
                        FsckFinding.Kind.FILE_WITHOUT_ROW,
                        volume,
                        where,
                        "the ledger does not list it");
            } else if (!unlocked(row).equals(reading.segment())) {
                report(
                        FsckFinding.Kind.ROW_DIFFERS,
                        volume,
                        where,
                        "the file says %s, the ledger %s".formatted(reading.segment(), row));
            }
        } catch (MalformedMp4Exception | SegmentReading.NoMedia e) {
            report(
                    FsckFinding.Kind.UNREADABLE,
                    volume,
                    where,
                    "cannot be read: %s".formatted(e.getMessage()));
        }
    }

    private static Segment unlocked(Segment segment) {
        return locked(segment, false);
    }

    private static Segment locked(Segment segment, boolean locked) {
        return new Segment(
                segment.id(),
                segment.camera(),
                segment.stream(),
                segment.start(),
                segment.end(),
                segment.recorded(),
                segment.volume(),
                segment.sizeBytes(),
                segment.reason(),
                segment.videoCodec(),
                segment.audioCodec(),
                locked,
                segment.open());
    }

    private void checkOverlaps(String volume, List<Segment> byStart) {
        Segment before = null;
        for (Segment segment : byStart) {
            if (before != null && before.endMs() > segment.startMs()) {
                report(
                        FsckFinding.Kind.OVERLAP,
                        volume,
                        segment.id(),
                        "begins %d ms before %s ends"
                                .formatted(before.endMs() - segment.startMs(), before.id()));
            }
            before = segment;
        }
    }

    /// Recorded files of a camera by name; anything else is reported.
    private List<Path> filesOf(Path root, String volume, String camera) throws IOException {
        var found = new ArrayList<Path>();
        for (Path day : Directories.list(root.resolve(camera))) {
            if (!Files.isDirectory(day)) {
                report(FsckFinding.Kind.FOREIGN_FILE, volume, shown(root, day), "not a directory");
                continue;
            }
            for (Path file : Directories.list(day)) {
                if (SegmentName.of(root, file).isPresent()) {
                    found.add(file);
                } else {
                    report(
                            FsckFinding.Kind.FOREIGN_FILE,
                            volume,
                            shown(root, file),
                            "not a name that a recorder gives");
                }
            }
        }
        return found;
    }

    private static String shown(Path root, Path file) {
        return root.relativize(file).toString();
    }

    private void report(FsckFinding.Kind kind, String volume, String where, String detail) {
        findings.add(new FsckFinding(kind, volume, where, detail));
    }

    // -- rebuilding ----------------------------------------------------------------------------

    private void rebuild(Path root, String volume, String camera) throws IOException {
        var locks = new TreeSet<String>();
        List<Segment> before = database.read(jdbc -> new Ledger(jdbc).listAll(camera, volume));
        before.stream().filter(Segment::locked).forEach(segment -> locks.add(segment.id()));
        var read = new ArrayList<SegmentReading>();
        for (Path day : Directories.list(root.resolve(camera))) {
            for (Path file : Directories.list(day)) {
                var name = SegmentName.of(root, file);
                if (name.isPresent()) {
                    readWhole(volume, root, name.get(), read);
                }
            }
        }
        database.<@Nullable Void>write(jdbc -> {
            var ledger = new Ledger(jdbc);
            before.forEach(ledger::remove);
            for (SegmentReading reading : read) {
                Segment segment = locked(reading.segment(), locks.contains(reading.segment().id()));
                Salvage.list(ledger, new SegmentReading(segment, reading.holes(), 0));
            }
            return null;
        });
        repaired.add(
                "camera %s: %d rows made from files, %d were there"
                        .formatted(camera, read.size(), before.size()));
    }

    private void readWhole(String volume, Path root, SegmentName name, List<SegmentReading> into)
            throws IOException {
        try {
            SegmentReading reading = SegmentReading.of(volume, root, name);
            if (reading.tornBytes() > 0) {
                Salvage.cut(root, reading);
                repaired.add("%s: %d torn bytes cut off".formatted(name.id(), reading.tornBytes()));
            }
            into.add(reading);
        } catch (MalformedMp4Exception | SegmentReading.NoMedia _) {
            return; // the check that follows reports it
        }
    }
}
