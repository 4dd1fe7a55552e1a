package id.pantau.server.tls;

import java.nio.file.Path;
import java.util.List;

/// Where the server's certificate comes from.
public sealed interface TlsSettings {
    /// No TLS at any door.
    record Off() implements TlsSettings {}

    /// A certificate that the server makes for itself.
    ///
    /// @param file holds key and certificate; made where it is missing
    /// @param hosts names and addresses of this server, besides those the machine knows of
    record SelfSigned(Path file, List<String> hosts) implements TlsSettings {
        public SelfSigned {
            hosts = List.copyOf(hosts);
        }
    }

    /// The operator's own, in PEM (RFC 7468).
    ///
    /// @param certificate the server's first, then those that vouch for it
    /// @param key without passphrase; may be in the same file
    record OwnFiles(Path certificate, Path key) implements TlsSettings {}

    default boolean isOn() {
        return !(this instanceof Off);
    }
}
