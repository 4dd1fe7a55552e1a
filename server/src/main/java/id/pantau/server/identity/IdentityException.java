package id.pantau.server.identity;

import java.util.Map;

/// A refusal by `identity`; the message is one English sentence for the person who asked.
public final class IdentityException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Why, for the caller.
    public enum Reason {
        BAD_CREDENTIALS,
        /// `params.retryAfterS` says how long to wait.
        THROTTLED,
        NO_SUCH_USER,
        USERNAME_TAKEN,
        USERNAME_INVALID,
        PASSWORD_WEAK,
        LAST_ADMINISTRATOR,
        NO_SUCH_CAMERA,
        /// The first administrator exists already, or the set-up token is not the printed one.
        SETUP_REFUSED
    }

    private final Reason reason;
    private final transient Map<String, String> params;

    public IdentityException(Reason reason, String message, Map<String, String> params) {
        super(message);
        this.reason = reason;
        this.params = Map.copyOf(params);
    }

    public IdentityException(Reason reason, String message) {
        this(reason, message, Map.of());
    }

    static IdentityException noSuchCamera(String cameraId) {
        return new IdentityException(
                Reason.NO_SUCH_CAMERA,
                "there is no camera \"" + cameraId + "\"",
                Map.of("camera", cameraId));
    }

    public Reason reason() {
        return reason;
    }

    /// Facts for a translated message, by name.
    public Map<String, String> params() {
        return params;
    }
}
