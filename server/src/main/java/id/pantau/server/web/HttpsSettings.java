package id.pantau.server.web;

/// The web server inside TLS; of no meaning where TLS is off.
///
/// @param port TCP port, 0 for any free one
/// @param address to listen on; `0.0.0.0` is every one of the machine
/// @param redirect whether plain HTTP leads other machines here
public record HttpsSettings(int port, String address, boolean redirect) {
    public HttpsSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "https.port is a TCP port from 1 to 65535, not " + port);
        }
    }
}
