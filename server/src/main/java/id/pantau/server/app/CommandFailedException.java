package id.pantau.server.app;

/// A command cannot do its work; the message is for the person at the terminal.
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int exitCode;

    CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
