package id.pantau.server.recording;

/// How a volume is. Only an [#OK] one is written to.
public enum VolumeState {
    OK,
    /// No space left, or less than the floor that is kept free.
    FULL,
    /// It refuses writes: mounted read-only, or broken.
    READ_ONLY,
    /// It answers, but slower than cameras send.
    SLOW,
    /// The directory or its identity file is not there: not mounted, pulled out.
    MISSING,
    /// Another volume is mounted in its place.
    FOREIGN
}
