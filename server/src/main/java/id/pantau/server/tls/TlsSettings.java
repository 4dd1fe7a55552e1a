package id.pantau.server.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Where the server's certificate comes from.
public sealed interface TlsSettings {
    /// No TLS at any door.
    record Off() implements TlsSettings {}

    /// A certificate that the server makes for itself.
    ///
    /// @param file holds key and certificate; made where it is missing
    /// @param hosts names and addresses of this server, besides those the machine knows of; asked
    ///   when one is made
    record SelfSigned(Path file, Supplier<List<String>> hosts) implements TlsSettings {}

    /// The operator's own, in PEM (RFC 7468).
    ///
    /// @param certificate the server's first, then those that vouch for it
    /// @param key without passphrase; may be in the same file
    record OwnFiles(Path certificate, Path key) implements TlsSettings {}

    default boolean isOn() {
        return !(this instanceof Off);
    }
}
