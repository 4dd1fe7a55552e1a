package id.pantau.server.recording;

import id.pantau.server.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Deletes segments so that what the ledger lists is always on disk: mark the rows, unlink the
/// files, fsync their directories, remove the rows.
final class Eraser {
    private final Database database;
    private final Volume volume;

    Eraser(Database database, Volume volume) {
        this.database = database;
        this.volume = volume;
    }

    /// @param expire whether retention does it: the time is then expired, not missing
    /// @return how many bytes are gone; locked segments stay
    long erase(List<Segment> segments, boolean expire, long nowMs) throws IOException {
        List<Segment> marked =
                database.write(jdbc -> {
                    var ledger = new Ledger(jdbc);
                    var taken = new ArrayList<Segment>();
                    for (Segment segment : segments) {
                        if (ledger.markDeleting(segment, nowMs)) {
                            taken.add(segment);
                            if (expire) {
                                ledger.expire(segment.camera(), segment.endMs());
                            }
                        }
                    }
                    return taken;
                });
        finish(marked);
        return marked.stream().mapToLong(Segment::sizeBytes).sum();
    }

    /// The rest of the work, for rows that are marked; does no harm when done twice.
    void finish(List<Segment> marked) throws IOException {
        volume.checkIdentity(); // files missing because another disk is mounted are not deleted
        // ones
        Set<Path> days = new LinkedHashSet<>();
        for (Segment segment : marked) {
            var name = SegmentName.parse(segment.id());
            if (name.isPresent()) {
                Files.deleteIfExists(name.get().under(volume.root()));
                days.add(name.get().directoryUnder(volume.root()));
            }
        }
        for (Path day : days) {
            if (Files.isDirectory(day)) {
                Directories.force(day);
            }
        }
        database.<@Nullable Void>write(jdbc -> {
            var ledger = new Ledger(jdbc);
            marked.forEach(ledger::remove);
            return null;
        });
        for (Path day : days) {
            Directories.removeIfEmpty(day);
        }
    }
}
