package id.pantau.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/// Reads a certificate with its key from PEM files (RFC 7468): PKCS #8, or the older forms of RSA
/// and EC keys. Other things in the files are passed over.
final class PemFiles {
    /// A chain with a key is some kilobytes.
    private static final int LARGEST_BYTES = 256 << 10;

    private PemFiles() {}

    /// @param certificate the server's first, then those that vouch for it
    /// @param key may be the same file
    static ServerCertificate read(Path certificate, Path key) throws UnusableCertificateException {
        List<X509Certificate> chain = certificates(certificate);
        PrivateKey found = key(key);
        if (!belong(found, chain.getFirst().getPublicKey())) {
            throw new UnusableCertificateException(
                    "the key in %s does not belong to the first certificate in %s (%s); name the two files that were issued together, the server's own certificate first"
                            .formatted(
                                    key,
                                    certificate,
                                    chain.getFirst().getSubjectX500Principal().getName()));
        }
        return new ServerCertificate(found, chain);
    }

    private static List<X509Certificate> certificates(Path file)
            throws UnusableCertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Object object : objects(file, "certificate")) {
                if (object instanceof X509CertificateHolder holder) {
                    var encoded = new ByteArrayInputStream(holder.getEncoded());
                    chain.add((X509Certificate) factory.generateCertificate(encoded));
                }
            }
        } catch (CertificateException | IOException e) {
            throw new UnusableCertificateException(
                    "a certificate in %s is damaged (%s); get the file again from whoever issued it"
                            .formatted(file, e.getMessage()));
        }
        if (chain.isEmpty()) {
            throw new UnusableCertificateException(
                    "there is no certificate in %s; it must be PEM, with the line -----BEGIN CERTIFICATE----- (from DER: openssl x509 -inform der -in OLD -out NEW)"
                            .formatted(file));
        }
        return chain;
    }

    private static PrivateKey key(Path file) throws UnusableCertificateException {
        try {
            for (Object object : objects(file, "key")) {
                switch (object) {
                    case PrivateKeyInfo key -> {
                        return new JcaPEMKeyConverter().getPrivateKey(key);
                    }
                    case PEMKeyPair pair -> {
                        return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PKCS8EncryptedPrivateKeyInfo _, PEMEncryptedKeyPair _ ->
                            throw new UnusableCertificateException(
                                    "the key in %s is protected with a passphrase; write one without: openssl pkey -in OLD -out NEW"
                                            .formatted(file));
                    default -> {}
                }
            }
        } catch (IOException e) {
            throw new UnusableCertificateException(
                    "the key in %s is of a kind that is not known (%s); RSA and EC keys are"
                            .formatted(file, e.getMessage()));
        }
        throw new UnusableCertificateException(
                "there is no private key in %s; it must be PEM, with the line -----BEGIN PRIVATE KEY----- (certbot: privkey.pem)"
                        .formatted(file));
    }

    /// @param what is looked for, for the message
    private static List<Object> objects(Path file, String what)
            throws UnusableCertificateException {
        String text = text(file, what);
        List<Object> objects = new ArrayList<>();
        try (var parser = new PEMParser(new StringReader(text))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                objects.add(next);
            }
            return objects;
        } catch (IOException | RuntimeException e) {
            throw new UnusableCertificateException(
                    "the %s in %s is damaged (%s); get the file again from whoever issued it"
                            .formatted(what, file, e.getMessage()));
        }
    }

    private static String text(Path file, String what) throws UnusableCertificateException {
        if (!Files.isRegularFile(file)) { // a pipe would never end
            throw new UnusableCertificateException(
                    "the file of the %s, %s, is not there; correct tls.%s (%s), or set tls.mode to self-signed"
                            .formatted(
                                    what,
                                    file,
                                    what,
                                    what.equals("key")
                                            ? "PANTAU_TLS_KEY"
                                            : "PANTAU_TLS_CERTIFICATE"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new UnusableCertificateException(
                        "%s is larger than any %s; name the PEM file of the %s"
                                .formatted(file, what, what));
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UnusableCertificateException(
                    "the file of the %s, %s, cannot be read (%s); let the user that Pantau runs as read it"
                            .formatted(what, file, e.getClass().getSimpleName()));
        }
    }

    /// Whether what the key signs, the other one verifies.
    private static boolean belong(PrivateKey key, PublicKey other)
            throws UnusableCertificateException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
                    default ->
                            throw new UnusableCertificateException(
                                    "a key of the kind %s cannot be used; RSA and EC keys can"
                                            .formatted(key.getAlgorithm()));
                };
        try {
            byte[] message = "whose key is it".getBytes(StandardCharsets.US_ASCII);
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(message);
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(other);
            verifier.update(message);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException _) {
            return false; // keys of two kinds
        }
    }
}
