package id.pantau.server.app;

/// Exit codes of every command.
final class ExitCode {
    static final int OK = 0;

    /// The command did its work and found something wrong: fsck findings, a camera that harms its
    /// recordings.
    static final int FINDINGS = 1;

    /// Wrong arguments (picocli's own code).
    static final int USAGE = 2;

    /// Settings that cannot be used.
    static final int SETTINGS = 3;

    /// The home is in use by another server.
    static final int IN_USE = 4;

    /// It could not be done; the message says why.
    static final int FAILED = 5;

    /// The camera that was asked for cannot be played.
    static final int UNPLAYABLE = 6;

    private ExitCode() {}
}
