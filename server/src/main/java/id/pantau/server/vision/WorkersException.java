package id.pantau.server.vision;

/// A request about workers that cannot be done.
public final class WorkersException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Reason {
        NOT_FOUND,
        NAME_INVALID,
        NAME_TAKEN,
        CAPACITY_INVALID,
        /// The home could not be read or written.
        STORAGE
    }

    private final Reason reason;

    /// @param message one sentence for people
    WorkersException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    WorkersException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
