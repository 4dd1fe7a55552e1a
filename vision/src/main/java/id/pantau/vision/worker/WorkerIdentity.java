package id.pantau.vision.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// What one end of a worker's connection proves itself with, and whom it believes: nobody but the
/// server's own authority, which signs both ends. A worker's certificate is good for clients alone
/// and the server's for servers, so that no worker can pass for the server.
///
/// @param key EC
/// @param authority vouches for this certificate and the other side's
public record WorkerIdentity(
        PrivateKey key, X509Certificate certificate, X509Certificate authority) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    /// Of a key file: the key, the worker's certificate, the authority's (RFC 7468).
    public String pem() {
        try {
            return block("PRIVATE KEY", key.getEncoded())
                    + block("CERTIFICATE", certificate.getEncoded())
                    + block("CERTIFICATE", authority.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate has an encoding", e);
        }
    }

    /// @throws IOException saying what is wrong with it
    public static WorkerIdentity read(String pem) throws IOException {
        PrivateKey key = null;
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            Matcher blocks = BLOCK.matcher(pem);
            while (blocks.find()) {
                byte[] content = Base64.getMimeDecoder().decode(blocks.group(2));
                switch (blocks.group(1)) {
                    case "PRIVATE KEY" ->
                            key =
                                    KeyFactory.getInstance("EC")
                                            .generatePrivate(new PKCS8EncodedKeySpec(content));
                    case "CERTIFICATE" ->
                            certificates.add(
                                    (X509Certificate)
                                            CertificateFactory.getInstance("X.509")
                                                    .generateCertificate(
                                                            new ByteArrayInputStream(content)));
                    default -> {} // what else is in the file is passed over
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("it is damaged (" + e.getMessage() + ")", e);
        }
        if (key == null || certificates.size() != 2) {
            throw new IOException(
                    "it must hold a private key and two certificates, as the server showed them");
        }
        return new WorkerIdentity(key, certificates.getFirst(), certificates.getLast());
    }

    /// The common name.
    public String name() {
        return name(certificate).orElse("");
    }

    /// The common name of a certificate, if it has one.
    static Optional<String> name(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> String.valueOf(part.getValue()))
                            .findFirst();
        } catch (InvalidNameException _) {
            return Optional.empty();
        }
    }

    SSLContext context() {
        try {
            char[] password = new char[0]; // the stores live in memory for a moment
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, password);
            own.setKeyEntry("own", key, password, new Certificate[] {certificate, authority});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, password);
            KeyStore believed = KeyStore.getInstance("PKCS12");
            believed.load(null, password);
            believed.setCertificateEntry("authority", authority);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(believed);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key of our own cannot be used", e);
        }
    }

    private static String block(String label, byte[] content) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, lines.encodeToString(content), label);
    }

    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().getName(); // never the key
    }
}
