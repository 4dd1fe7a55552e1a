package id.pantau.server.app;

import id.pantau.server.recording.FsckReport;

/// Runs the recordings' check without a server.
final class OfflineFsck {
    private OfflineFsck() {}

    /// @param rebuild whether to make the index anew from the files first
    static FsckReport run(Settings settings, boolean rebuild) {
        throw new CommandFailedException(ExitCode.FAILED, "fsck is being built");
    }
}
