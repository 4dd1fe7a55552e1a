package id.pantau.server.app;

/// A port of ours that cannot be listened on.
final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param setting that chooses the port: `rtsp.port`
    PortTakenException(String setting, int port, Throwable cause) {
        super(
                "port %d is in use; end what uses it, or choose another with %s"
                        .formatted(port, SettingsFile.variableOf(setting)),
                cause);
    }
}
