package id.pantau.server.onvif;

/// A device did not do what it was asked. The message is one sentence with the device's address,
/// and never holds a password.
public final class OnvifException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Category {
        /// User name or password are wrong, or the user may not do this.
        NOT_AUTHORISED,
        /// Too many wrong passwords: the device refuses everybody for a while.
        LOCKED_OUT,
        /// The device refused the time in the request.
        CLOCK_WRONG,
        /// The device does not have this function.
        NOT_SUPPORTED,
        /// The device has the function and refused these values, or the state it is in.
        REQUEST_REFUSED,
        /// Something answers there, but not ONVIF, or nothing that can be read.
        NOT_ONVIF,
        /// Connected, and no complete answer in time.
        TIMEOUT,
        /// No connection.
        UNREACHABLE,
        /// The address is one this server does not talk to.
        ADDRESS_REFUSED
    }

    private final Category category;

    public OnvifException(Category category, String message) {
        super(message);
        this.category = category;
    }

    public OnvifException(Category category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    public Category category() {
        return category;
    }

    /// What is wrong and what to do.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
