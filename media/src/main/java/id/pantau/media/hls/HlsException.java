package id.pantau.media.hls;

/// Why a request of a player is refused. The message is one English sentence.
public final class HlsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// The category, for HTTP.
    public enum Reason {
        /// No such file, or not any more (404).
        NOT_FOUND,
        /// The delivery directives make no sense (400).
        INVALID,
        /// What was asked for did not come in time (503): the camera is away, or its first key
        /// frames have not come yet.
        NOT_READY
    }

    private final Reason reason;

    public HlsException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
