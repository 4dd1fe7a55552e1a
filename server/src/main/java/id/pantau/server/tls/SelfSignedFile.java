package id.pantau.server.tls;

import id.pantau.media.tls.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The certificate the server made for itself and the key to it, in one file that only its owner
/// may read. Made once: clients keep its fingerprint, so it changes when a person removes it.
final class SelfSignedFile {
    /// The longest that Apple's systems accept, less a day for the clocks that differ.
    private static final Duration VALID = Duration.ofDays(824);

    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private SelfSignedFile() {}

    /// @param hosts besides this machine's own
    static ServerCertificate open(Path file, Supplier<List<String>> hosts, Instant now)
            throws UnusableCertificateException {
        if (!Files.exists(file)) {
            try {
                create(file, hosts.get(), now);
            } catch (IOException e) {
                throw new UnusableCertificateException(
                        "the server's certificate %s cannot be written (%s); give the user that Pantau runs as the right to"
                                .formatted(file, e.getClass().getSimpleName()));
            }
        }
        try {
            return PemFiles.read(file, file);
        } catch (UnusableCertificateException e) {
            throw new UnusableCertificateException(
                    e.getMessage() + "; or remove " + file + " to have a new one made");
        }
    }

    private static void create(Path file, List<String> hosts, Instant now) throws IOException {
        List<String> all = new ArrayList<>(hosts);
        all.addAll(ownHosts());
        var made =
                SelfSignedCertificate.make(
                        "Pantau " + all.getFirst(),
                        List.copyOf(new LinkedHashSet<>(all)),
                        now.minus(CLOCKS_DIFFER),
                        now.plus(VALID));
        Path fresh =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(),
                        "tls",
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, pem(made), StandardCharsets.US_ASCII);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pem(SelfSignedCertificate made) throws IOException {
        try {
            return pem("CERTIFICATE", made.certificate().getEncoded())
                    + pem("PRIVATE KEY", made.key().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    private static String pem(String label, byte[] content) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, lines.encodeToString(content), label);
    }

    /// How this machine may be called by those around it.
    private static Set<String> ownHosts() throws IOException {
        Set<String> hosts = new LinkedHashSet<>();
        String name = InetAddress.getLocalHost().getHostName();
        if (name.matches("[A-Za-z0-9.-]{1,60}")) { // the common name has room for 64 characters
            hosts.add(name);
        }
        hosts.add("localhost");
        List<NetworkInterface> networks = NetworkInterface.networkInterfaces().toList();
        for (NetworkInterface network : networks) {
            network.inetAddresses()
                    .filter(address -> !address.isLinkLocalAddress())
                    .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
                    .forEach(hosts::add);
        }
        return hosts;
    }
}
