package id.pantau.media.webrtc;

import id.pantau.media.tls.SelfSignedCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/// The certificate a DTLS peer shows: made at start, signed by itself, vouched for by its
/// fingerprint in the session description (RFC 8122). ECDSA on P-256 with SHA-256. Thread-safe.
final class DtlsIdentity {
    private static final Duration VALID = Duration.ofDays(365);
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private final JcaTlsCrypto crypto;
    private final PrivateKey key;
    private final byte[] certificate;

    private DtlsIdentity(JcaTlsCrypto crypto, PrivateKey key, byte[] certificate) {
        this.crypto = crypto;
        this.key = key;
        this.certificate = certificate;
    }

    static DtlsIdentity generate() {
        Instant now = Instant.now();
        var made =
                SelfSignedCertificate.make(
                        "Pantau", List.of(), now.minus(CLOCKS_DIFFER), now.plus(VALID));
        JcaTlsCrypto crypto = new JcaTlsCryptoProvider().create(new SecureRandom());
        try {
            return new DtlsIdentity(crypto, made.key(), made.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    /// As `a=fingerprint` says it: `sha-256 AB:CD:…`
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
            return "sha-256 " + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    JcaTlsCrypto crypto() {
        return crypto;
    }

    TlsCredentialedSigner signer(TlsContext context) throws IOException {
        return new JcaDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), crypto, key, chain(), ECDSA_SHA256);
    }

    static final SignatureAndHashAlgorithm ECDSA_SHA256 =
            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    private Certificate chain() throws IOException {
        return new Certificate(new TlsCertificate[] {crypto.createCertificate(certificate)});
    }
}
