package id.pantau.server.camera;

import java.util.List;

/// A request about a camera that cannot be done.
public final class CameraException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Reason {
        /// No such camera.
        NOT_FOUND,
        /// Some field is not as it must be; [#fieldErrors()] says which.
        INVALID,
        /// The id is taken.
        EXISTS,
        /// The camera is switched off.
        OFF
    }

    /// What is wrong with one field of a request.
    ///
    /// @param field as in the request: `main.url`
    /// @param code stable: `camera.nameTooLong`
    /// @param message one English sentence: what, where, what to do
    public record FieldError(String field, String code, String message) {}

    private final Reason reason;
    private final transient List<FieldError> fieldErrors;

    public CameraException(Reason reason, String message, List<FieldError> fieldErrors) {
        super(message);
        this.reason = reason;
        this.fieldErrors = List.copyOf(fieldErrors);
    }

    static CameraException notFound(CameraId id) {
        return new CameraException(
                Reason.NOT_FOUND, "There is no camera %s.".formatted(id), List.of());
    }

    static CameraException off(CameraId id) {
        return new CameraException(
                Reason.OFF,
                "Camera %s is switched off, or was changed just now; there is nothing to examine."
                        .formatted(id),
                List.of());
    }

    public Reason reason() {
        return reason;
    }

    public List<FieldError> fieldErrors() {
        return fieldErrors;
    }
}
