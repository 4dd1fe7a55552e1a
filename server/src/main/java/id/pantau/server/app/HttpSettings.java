package id.pantau.server.app;

/// The web server.
///
/// @param port TCP port, 0 for any free one
/// @param address to listen on; `0.0.0.0` is every one of the machine
/// @param behindProxy whether to believe `X-Forwarded-*`: only where a proxy sets them always
public record HttpSettings(int port, String address, boolean behindProxy) {
    public HttpSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "http.port is a TCP port from 1 to 65535, not " + port);
        }
    }
}
