package id.pantau.server.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An authority that issues certificates for `localhost` and 127.0.0.1, as files.
public final class TestAuthority {
    private static final X500Name NAME = new X500Name("CN=Test authority");

    private final KeyPair keys = generate("EC", 256);
    private final X509Certificate certificate;

    public TestAuthority() {
        Instant now = Instant.now();
        certificate =
                issue(NAME, keys, now.minusSeconds(3600), now.plusSeconds(365 * 86_400L), true);
    }

    /// @return the file, which then holds the authority's own certificate
    public Path writeTo(Path file) throws IOException {
        return Files.writeString(file, pem(certificate));
    }

    static KeyPair generate(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /// A certificate for the server, valid for 400 days.
    X509Certificate issue(KeyPair server, Instant until) {
        return issue(
                new X500Name("CN=pantau.example"),
                server,
                until.minusSeconds(400 * 86_400L),
                until,
                false);
    }

    /// Writes a new certificate with its authority's, and its key.
    public X509Certificate write(Path chain, Path key, Instant until) throws IOException {
        KeyPair server = generate("EC", 256);
        X509Certificate issued = issue(server, until);
        replace(key, pem(new JcaPKCS8Generator(server.getPrivate(), null)));
        replace(chain, pem(issued) + pem(certificate));
        return issued;
    }

    /// As certbot does: whoever reads sees the old file or the new one.
    static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static String pem(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    /// What a client holds that trusts this authority and no other.
    public SSLContext trusting() throws GeneralSecurityException, IOException {
        return trusting(certificate);
    }

    public static SSLContext trusting(X509Certificate trusted)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("trusted", trusted);
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private X509Certificate issue(
            X500Name subject, KeyPair holder, Instant from, Instant until, boolean authority) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            NAME,
                            new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                            Date.from(from),
                            Date.from(until),
                            subject,
                            holder.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(
                                new GeneralName[] {
                                    new GeneralName(GeneralName.dNSName, "localhost"),
                                    new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                                }));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
