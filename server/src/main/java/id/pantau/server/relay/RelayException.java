package id.pantau.server.relay;

import org.jspecify.annotations.Nullable;

/// A request about a relay that cannot be done.
public final class RelayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Reason {
        NOT_FOUND,
        /// A field is not as it must be.
        INVALID,
        /// There are as many relays as there may be.
        TOO_MANY
    }

    private final Reason reason;
    private final @Nullable String field;
    private final @Nullable String code;

    private RelayException(
            Reason reason, @Nullable String field, @Nullable String code, String message) {
        super(message);
        this.reason = reason;
        this.field = field;
        this.code = code;
    }

    static RelayException notFound(String id) {
        return new RelayException(
                Reason.NOT_FOUND, null, null, "There is no relay \"%s\".".formatted(id));
    }

    /// @param message completes "field …"; holds nothing secret
    static RelayException invalid(String field, String code, String message) {
        return new RelayException(Reason.INVALID, field, code, message);
    }

    static RelayException tooMany(int most) {
        return new RelayException(
                Reason.TOO_MANY,
                null,
                null,
                "There are %d relays already; remove one first.".formatted(most));
    }

    public Reason reason() {
        return reason;
    }

    /// Null unless INVALID.
    public @Nullable String field() {
        return field;
    }

    /// Stable; null unless INVALID.
    public @Nullable String code() {
        return code;
    }
}
