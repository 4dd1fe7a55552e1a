package id.pantau.server.app;

/// The server cannot start with these settings; the message says which and what to do, one sentence
/// a line.
final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidSettingsException(String message) {
        super(message);
    }
}
