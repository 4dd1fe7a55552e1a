package id.pantau.server.app;

import id.pantau.server.database.Database;
import id.pantau.server.recording.Fsck;
import id.pantau.server.recording.FsckReport;
import java.io.IOException;

/// Runs the recordings' check without a server.
final class OfflineFsck {
    private OfflineFsck() {}

    /// @param rebuild whether to make the index anew from the files first
    /// @throws IOException if a volume cannot be read
    static FsckReport run(Settings settings, boolean rebuild) throws IOException {
        try (Database database = Database.open(settings.database())) {
            return rebuild
                    ? Fsck.rebuild(database, settings.recording().volume())
                    : Fsck.check(database);
        }
    }
}
