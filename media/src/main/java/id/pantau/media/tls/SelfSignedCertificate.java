package id.pantau.media.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A key and the certificate it signed for itself: ECDSA on P-256 with SHA-256. Nobody vouches for
/// it; whoever connects compares its fingerprint.
public record SelfSignedCertificate(PrivateKey key, X509Certificate certificate) {
    /// @param name the common name
    /// @param hosts DNS names and IP addresses of the server it is for (RFC 5280 §4.2.1.6); empty
    ///   for a peer that is known by its fingerprint alone
    /// @param until at most 825 days after `from`, or phones of Apple never trust it
    public static SelfSignedCertificate make(
            String name, List<String> hosts, Instant from, Instant until) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X500Name subject =
                    new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
            var builder =
                    new JcaX509v3CertificateBuilder(
                            subject,
                            new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                            Date.from(from),
                            Date.from(until),
                            subject,
                            pair.getPublic());
            if (!hosts.isEmpty()) {
                describeServer(builder, hosts);
            }
            var signed =
                    builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA")
                                    .build(pair.getPrivate()));
            return new SelfSignedCertificate(
                    pair.getPrivate(), new JcaX509CertificateConverter().getCertificate(signed));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    /// No authority: whoever is made to trust it trusts it for these hosts alone.
    private static void describeServer(JcaX509v3CertificateBuilder builder, List<String> hosts)
            throws IOException {
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                        hosts.stream()
                                .map(SelfSignedCertificate::generalName)
                                .toArray(GeneralName[]::new)));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    }

    private static GeneralName generalName(String host) {
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return new GeneralName(GeneralName.iPAddress, address.getHostAddress());
        } catch (IllegalArgumentException _) {
            return new GeneralName(GeneralName.dNSName, host);
        }
    }
}
