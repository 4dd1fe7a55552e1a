package id.pantau.media.webrtc;

import id.pantau.media.Bytes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/// Our side of one DTLS 1.2 handshake: the server that wants the client's certificate, checks it
/// against the fingerprints of the offer (RFC 8122 §5) and agrees on SRTP (RFC 5764 §4.1). One use,
/// one thread.
final class DtlsAnswerer extends DefaultTlsServer {
    private static final Duration FIRST_RESEND = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DtlsIdentity identity;
    private final List<Offer.Fingerprint> expected;
    private Optional<SrtpProfile> profile = Optional.empty();
    private boolean known;
    private Optional<SrtpKeys> keys = Optional.empty();
    private boolean closedByPeer;

    DtlsAnswerer(DtlsIdentity identity, List<Offer.Fingerprint> expected) {
        super(identity.crypto());
        this.identity = identity;
        this.expected = expected;
    }

    /// @throws IllegalStateException before the handshake is complete
    SrtpKeys keys() {
        return keys.orElseThrow(() -> new IllegalStateException("no keys yet"));
    }

    /// Whether the peer ended the association.
    boolean closedByPeer() {
        return closedByPeer;
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        closedByPeer |= level == AlertLevel.fatal || description == AlertDescription.close_notify;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
        };
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return (int) PATIENCE.toMillis();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return (int) FIRST_RESEND.toMillis();
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return identity.signer(context);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        var algorithms = new Vector<SignatureAndHashAlgorithm>();
        algorithms.add(DtlsIdentity.ECDSA_SHA256);
        algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                algorithms,
                null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        if (certificate == null || certificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "no client certificate");
        }
        byte[] shown = certificate.getCertificateAt(0).getEncoded();
        for (Offer.Fingerprint fingerprint : expected) {
            known |= fingerprint.digest().equals(digest(fingerprint.algorithm(), shown));
        }
        if (!known) {
            throw new TlsFatalAlert(
                    AlertDescription.bad_certificate, "not the certificate of the offer");
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Bouncy Castle declares it
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        UseSRTPData offered =
                extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (offered != null) {
            profile = SrtpProfile.choose(offered.getProtectionProfiles());
        }
        if (profile.isEmpty()) {
            throw new TlsFatalAlert(
                    AlertDescription.handshake_failure, "no SRTP profile in common");
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Bouncy Castle declares it
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions =
                TlsExtensionsUtils.ensureExtensionsInitialised(super.getServerExtensions());
        int[] chosen = {profile.orElseThrow().id()};
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(chosen, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (!known) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "no client certificate");
        }
        SrtpProfile agreed = profile.orElseThrow();
        byte[] material =
                context.exportKeyingMaterial(
                        ExporterLabel.dtls_srtp, null, SrtpKeys.materialBytes(agreed));
        keys = Optional.of(SrtpKeys.of(agreed, material, true));
    }

    private static Bytes digest(String algorithm, byte[] bytes) throws TlsFatalAlert {
        try {
            return Bytes.of(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
        }
    }
}
