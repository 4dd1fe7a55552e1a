package id.pantau.media;

/// Why footage that should exist does not. Every gap of the coverage ledger carries one of these.
public enum GapCause {
    /// The camera stopped, refused, stalled or sent what cannot be decoded.
    CAMERA,
    /// The camera cannot be reached, or packets were lost on the way.
    NETWORK,
    /// The volume was full, read-only, too slow or not there.
    DISK,
    /// Pantau was not running.
    RESTART,
    /// Somebody switched recording off, or the schedule did.
    POLICY,
    /// The machine had more to do than it could.
    SHED,
    /// The server's clock was set forward: the time was skipped, no footage was lost.
    CLOCK
}
