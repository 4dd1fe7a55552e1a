package id.pantau.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Hashtable;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/// The DTLS client of a [WebRtcPeer]: shows a certificate, wants the answer's, agrees on SRTP.
final class PeerDtls extends DefaultTlsClient {
    static final int GCM = 0x0007;
    static final int COUNTER_MODE = 0x0001;

    /// A key pair and its certificate; one may serve many peers.
    record Identity(JcaTlsCrypto crypto, KeyPair pair, byte[] certificate) {
        static Identity generate() throws IOException {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                KeyPair pair = generator.generateKeyPair();
                var name = new X500Name("CN=peer");
                Instant now = Instant.now();
                byte[] certificate =
                        new JcaX509v3CertificateBuilder(
                                        name,
                                        BigInteger.TWO,
                                        Date.from(now.minus(Duration.ofDays(1))),
                                        Date.from(now.plus(Duration.ofDays(30))),
                                        name,
                                        pair.getPublic())
                                .build(
                                        new JcaContentSignerBuilder("SHA256withECDSA")
                                                .build(pair.getPrivate()))
                                .getEncoded();
                JcaTlsCrypto crypto = new JcaTlsCryptoProvider().create(new SecureRandom());
                return new Identity(crypto, pair, certificate);
            } catch (GeneralSecurityException | OperatorCreationException e) {
                throw new IOException(e);
            }
        }

        String fingerprint() throws IOException {
            return PeerDtls.fingerprint(certificate);
        }
    }

    private static final SignatureAndHashAlgorithm ECDSA =
            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    private final Identity identity;
    private final String expected;
    private final int[] profiles;
    private int profile;
    private byte[] material = new byte[0];

    /// @param expected the fingerprint of the answer: `AB:CD:…`
    PeerDtls(Identity identity, String expected, int... profiles) {
        super(identity.crypto());
        this.identity = identity;
        this.expected = expected;
        this.profiles = profiles.clone();
    }

    PeerSrtp outgoing() throws GeneralSecurityException {
        return srtp(0);
    }

    PeerSrtp incoming() throws GeneralSecurityException {
        return srtp(1);
    }

    boolean isGcm() {
        return profile == GCM;
    }

    private int saltBytes() {
        return isGcm() ? 12 : 14;
    }

    private PeerSrtp srtp(int side) throws GeneralSecurityException {
        byte[] key = new byte[16];
        byte[] salt = new byte[saltBytes()];
        System.arraycopy(material, 16 * side, key, 0, 16);
        System.arraycopy(material, 32 + saltBytes() * side, salt, 0, saltBytes());
        return new PeerSrtp(isGcm(), key, salt);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    }

    @Override
    @SuppressWarnings("rawtypes") // as Bouncy Castle declares it
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions =
                TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
        TlsSRTPUtils.addUseSRTPExtension(
                extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Bouncy Castle declares it
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        profile = TlsSRTPUtils.getUseSRTPExtension(extensions).getProtectionProfiles()[0];
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                byte[] bytes = shown.getCertificate().getCertificateAt(0).getEncoded();
                if (!fingerprint(bytes).equals(expected)) {
                    throw new TlsFatalAlert(AlertDescription.bad_certificate);
                }
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request)
                    throws IOException {
                var chain =
                        new Certificate(
                                new TlsCertificate[] {
                                    identity.crypto().createCertificate(identity.certificate())
                                });
                return new JcaDefaultTlsCredentialedSigner(
                        new TlsCryptoParameters(context),
                        identity.crypto(),
                        identity.pair().getPrivate(),
                        chain,
                        ECDSA);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        int count = 2 * (16 + saltBytes());
        material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, count);
    }

    private static String fingerprint(byte[] certificate) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
