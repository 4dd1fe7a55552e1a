package id.pantau.media.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An authority of our own, for programs of our own: whoever trusts it trusts nobody else. ECDSA on
/// P-256 with SHA-256.
public record CertificateAuthority(PrivateKey key, X509Certificate certificate) {
    /// Clocks of two machines are not the same.
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    /// Whom it has signed for is believed only as long as they are on a list: no need to hurry.
    private static final Duration VALID = Duration.ofDays(20 * 365);

    /// What a certificate is good for (RFC 5280 §4.2.1.12).
    public enum Purpose {
        SERVER(KeyPurposeId.id_kp_serverAuth),
        CLIENT(KeyPurposeId.id_kp_clientAuth);

        private final KeyPurposeId id;

        Purpose(KeyPurposeId id) {
            this.id = id;
        }
    }

    /// A key with the certificate that the authority signed for it.
    public record Issued(PrivateKey key, X509Certificate certificate) {}

    @FunctionalInterface
    private interface Extensions {
        void add(JcaX509v3CertificateBuilder builder) throws IOException;
    }

    /// A new one, which signs certificates of ends alone.
    ///
    /// @param name the common name
    public static CertificateAuthority make(String name, Instant now) {
        KeyPair pair = pair();
        X500Name subject = name(name);
        X509Certificate certificate =
                sign(
                        subject,
                        subject,
                        pair.getPublic(),
                        pair.getPrivate(),
                        now,
                        builder -> {
                            builder.addExtension(
                                    Extension.basicConstraints, true, new BasicConstraints(0));
                            builder.addExtension(
                                    Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
                        });
        return new CertificateAuthority(pair.getPrivate(), certificate);
    }

    /// @param name the common name
    public Issued issue(String name, Purpose purpose, Instant now) {
        KeyPair pair = pair();
        X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        X509Certificate issued =
                sign(
                        issuer,
                        name(name),
                        pair.getPublic(),
                        key,
                        now,
                        builder -> {
                            builder.addExtension(
                                    Extension.basicConstraints, true, new BasicConstraints(false));
                            builder.addExtension(
                                    Extension.keyUsage,
                                    true,
                                    new KeyUsage(KeyUsage.digitalSignature));
                            builder.addExtension(
                                    Extension.extendedKeyUsage,
                                    true,
                                    new ExtendedKeyUsage(purpose.id));
                        });
        return new Issued(pair.getPrivate(), issued);
    }

    private static X500Name name(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    private static X509Certificate sign(
            X500Name issuer,
            X500Name subject,
            PublicKey of,
            PrivateKey with,
            Instant now,
            Extensions extensions) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                            Date.from(now.minus(CLOCKS_DIFFER)),
                            Date.from(now.plus(VALID)),
                            subject,
                            of);
            extensions.add(builder);
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(with)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().getName(); // never the key
    }
}
