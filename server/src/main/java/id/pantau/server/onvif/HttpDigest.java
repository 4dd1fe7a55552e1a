package id.pantau.server.onvif;

import id.pantau.media.rtsp.RtspChallenge;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers one challenge of HTTP Digest (RFC 7616, and RFC 2069 where no qop is offered), again and
/// again with a rising count. Thread-safe.
final class HttpDigest {
    private static final List<String> ALGORITHMS = List.of("SHA-256", "MD5"); // the better first
    private static final int CLIENT_NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RtspChallenge challenge;
    private final String algorithm;
    private final AtomicInteger count = new AtomicInteger();

    private HttpDigest(RtspChallenge challenge, String algorithm) {
        this.challenge = challenge;
        this.algorithm = algorithm;
    }

    /// The best of the challenges that is spoken here.
    ///
    /// @param headers the values of WWW-Authenticate
    static Optional<HttpDigest> of(List<String> headers) {
        return RtspChallenge.parseAll(headers).stream()
                .filter(RtspChallenge::isDigest)
                .filter(one -> !one.nonce().isEmpty())
                .map(one -> new HttpDigest(one, algorithm(one)))
                .filter(one -> ALGORITHMS.contains(one.algorithm))
                .min(Comparator.comparingInt(one -> ALGORITHMS.indexOf(one.algorithm)));
    }

    /// The value of the Authorization header.
    ///
    /// @param path as in the request line
    String answer(Credentials credentials, String path) {
        String realm = challenge.realm();
        String nonce = challenge.nonce();
        String secret = hash(credentials.username() + ':' + realm + ':' + credentials.password());
        String request = hash("POST:" + path);
        var header = new StringBuilder("Digest ");
        field(header, "username", credentials.username());
        field(header, "realm", realm);
        field(header, "nonce", nonce);
        field(header, "uri", path);
        String given = challenge.parameters().get("algorithm");
        if (given != null) {
            header.append("algorithm=").append(algorithm).append(", ");
        }
        String opaque = challenge.parameters().get("opaque");
        if (opaque != null) {
            field(header, "opaque", opaque);
        }
        if (offersAuth()) {
            String nc = "%08x".formatted(count.incrementAndGet());
            byte[] random = new byte[CLIENT_NONCE_BYTES];
            RANDOM.nextBytes(random);
            String cnonce = HexFormat.of().formatHex(random);
            header.append("qop=auth, nc=").append(nc).append(", ");
            field(header, "cnonce", cnonce);
            String all = String.join(":", secret, nonce, nc, cnonce, "auth", request);
            field(header, "response", hash(all));
        } else {
            field(header, "response", hash(secret + ':' + nonce + ':' + request));
        }
        return header.substring(0, header.length() - 2);
    }

    private static void field(StringBuilder header, String name, String value) {
        String safe = value.replaceAll("[\\r\\n]", "").replace("\\", "\\\\").replace("\"", "\\\"");
        header.append(name).append("=\"").append(safe).append("\", ");
    }

    private boolean offersAuth() {
        return Arrays.stream(challenge.parameters().getOrDefault("qop", "").split(","))
                .anyMatch(qop -> qop.strip().equalsIgnoreCase("auth"));
    }

    private static String algorithm(RtspChallenge challenge) {
        return challenge.parameters().getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
    }

    private String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance(algorithm)
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
