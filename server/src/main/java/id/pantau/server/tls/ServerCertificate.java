package id.pantau.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// The certificate the server shows, with its key.
///
/// @param chain the server's own first, then those that vouch for it; never empty
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final int DNS_NAME = 2; // GeneralName, RFC 5280 §4.2.1.6
    private static final int IP_ADDRESS = 7;

    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    private X509Certificate own() {
        return chain.getFirst();
    }

    /// As browsers and OpenSSL show it: SHA-256, `AB:CD:…`
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(own().getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }

    /// Whether nobody else vouches for it.
    public boolean isSelfSigned() {
        return own().getSubjectX500Principal().equals(own().getIssuerX500Principal());
    }

    /// Whose it is, RFC 2253: `CN=…`
    public String subject() {
        return own().getSubjectX500Principal().getName();
    }

    public String issuer() {
        return own().getIssuerX500Principal().getName();
    }

    public Instant validFrom() {
        return own().getNotBefore().toInstant();
    }

    public Instant validUntil() {
        return own().getNotAfter().toInstant();
    }

    /// DNS names and IP addresses it is for, in its order.
    public List<String> hosts() {
        try {
            Collection<List<?>> names = own().getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name ->
                                    name.getFirst().equals(DNS_NAME)
                                            || name.getFirst().equals(IP_ADDRESS))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException _) {
            return List.of(); // clients will say so
        }
    }

    /// A new one, without any session of an earlier certificate.
    SSLContext context() throws GeneralSecurityException {
        try {
            char[] password = new char[0]; // the store lives in memory for a moment
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry("server", key, password, chain.toArray(X509Certificate[]::new));
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store cannot be made", e);
        }
    }

    @Override
    public String toString() {
        return subject() + ", SHA-256 " + fingerprint(); // never the key
    }
}
