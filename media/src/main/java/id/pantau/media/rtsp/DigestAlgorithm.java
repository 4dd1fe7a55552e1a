package id.pantau.media.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The hashes of HTTP Digest (RFC 7616 §3.2), weakest first.
public enum DigestAlgorithm {
    MD5("MD5", "MD5", false),
    MD5_SESS("MD5-sess", "MD5", true),
    SHA_256("SHA-256", "SHA-256", false),
    SHA_256_SESS("SHA-256-sess", "SHA-256", true);

    private final String token;
    private final String hash;
    private final boolean session;

    DigestAlgorithm(String token, String hash, boolean session) {
        this.token = token;
        this.hash = hash;
        this.session = session;
    }

    /// The name on the wire.
    public String token() {
        return token;
    }

    /// @param token null means MD5 (RFC 7616 §3.3)
    /// @return empty for an algorithm that is not spoken here
    public static Optional<DigestAlgorithm> find(@Nullable String token) {
        if (token == null || token.isBlank()) {
            return Optional.of(MD5);
        }
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token.strip())) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /// `H(username:realm:password)`: what a server may keep instead of the password.
    public String secret(String username, String realm, String password) {
        return hex(username + ':' + realm + ':' + password);
    }

    /// The `response` value (RFC 7616 §3.4.1; without qop as in RFC 2617 §3.2.2.1).
    ///
    /// @param secret of [#secret]
    /// @param qop null or `auth`
    /// @param nonceCount eight hex digits; of no meaning without qop
    String response(
            String secret,
            String nonce,
            @Nullable String qop,
            String nonceCount,
            String clientNonce,
            String method,
            String uri) {
        String key = session ? hex(secret + ':' + nonce + ':' + clientNonce) : secret;
        String request = hex(method + ':' + uri);
        String middle = qop == null ? "" : nonceCount + ':' + clientNonce + ':' + qop + ':';
        return hex(key + ':' + nonce + ':' + middle + request);
    }

    private String hex(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + hash, e);
        }
    }
}
