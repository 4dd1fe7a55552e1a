package id.pantau.server.recording;

import id.pantau.server.database.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out which volume belongs at the default place. In the home it is created when there never
/// was one; elsewhere somebody must have made it one, because an empty directory there may be a
/// mount point that waits for its disk.
final class DefaultVolume {
    private DefaultVolume() {}

    static VolumeIdentity find(Database database, RecordingSettings settings, Instant now) {
        Path root = settings.volume();
        Optional<VolumeIdentity> known =
                database.read(jdbc -> new Ledger(jdbc).listVolumes()).stream()
                        .filter(row -> row.path().equals(root.toString()))
                        .map(row ->
                                new VolumeIdentity(
                                        row.id(), Instant.ofEpochMilli(row.createdAtMs())))
                        .findFirst();
        if (known.isPresent()) {
            return known.get(); // what lies there now is compared with it, never taken instead
        }
        try {
            // a file without a row: the database is new, the volume is not
            Optional<VolumeIdentity> found = VolumeIdentity.read(root);
            if (found.isEmpty() && !settings.becomesVolume()) {
                throw notAVolume(root);
            }
            VolumeIdentity identity =
                    found.isPresent() ? found.get() : VolumeIdentity.create(root, now);
            var row =
                    new Ledger.VolumeRow(
                            identity.id(), root.toString(), identity.created().toEpochMilli());
            database.<@Nullable Void>write(jdbc -> {
                new Ledger(jdbc).putVolume(row);
                return null;
            });
            return identity;
        } catch (IOException e) {
            throw new RecordingException(
                    RecordingException.Category.VOLUME_UNUSABLE,
                    "cannot keep recordings in %s: %s".formatted(root, e.getMessage()),
                    e);
        }
    }

    private static RecordingException notAVolume(Path root) {
        return new RecordingException(
                RecordingException.Category.VOLUME_UNUSABLE,
                "%s holds no %s: mount the disk that belongs there, or make the directory a volume once with \"pantau volume create %s\""
                        .formatted(root, VolumeIdentity.FILE, root),
                null);
    }
}
