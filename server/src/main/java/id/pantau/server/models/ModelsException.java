package id.pantau.server.models;

/// A request about models that cannot be done.
public final class ModelsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Reason {
        NOT_FOUND,
        /// It is published nowhere that it may be fetched from.
        NOT_OFFERED,
        /// It is being fetched already.
        BUSY,
        /// One of that name is there already; nothing is overwritten.
        EXISTS,
        /// The file is no model that can be used.
        UNUSABLE,
        /// The name of the file is none that is taken.
        NAME_INVALID,
        /// The file has more bytes than any model that is taken.
        TOO_LARGE,
        /// It lies in a folder that belongs to somebody else.
        NOT_OURS,
        /// The disk did not take it.
        STORAGE
    }

    private final Reason reason;

    /// @param message one sentence for people
    public ModelsException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ModelsException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static ModelsException notFound(String id) {
        return new ModelsException(Reason.NOT_FOUND, "There is no model \"%s\".".formatted(id));
    }

    public Reason reason() {
        return reason;
    }
}
