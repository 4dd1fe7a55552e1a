package id.pantau.media.rtsp;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The client's side of authentication on one connection: takes the strongest challenge it can
/// answer and answers it for every request, counting the nonce's uses. Not thread-safe.
public final class RtspAuthentication {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String username;
    private final String password;
    private @Nullable RtspChallenge challenge;
    private int nonceUses;

    public RtspAuthentication(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /// Chooses among the challenges of a 401: SHA-256 before MD5 before Basic.
    ///
    /// @return whether one of them can be answered
    public boolean accept(List<RtspChallenge> challenges) {
        Optional<RtspChallenge> best =
                challenges.stream()
                        .filter(one -> strength(one) >= 0)
                        .max(Comparator.comparingInt(RtspAuthentication::strength));
        best.ifPresent(one -> {
            challenge = one;
            nonceUses = 0;
        });
        return best.isPresent();
    }

    /// Whether requests already carry an answer.
    public boolean isChallenged() {
        return challenge != null;
    }

    private static int strength(RtspChallenge one) {
        if (one.isBasic()) {
            return 0;
        }
        boolean answerable = one.isDigest() && (!one.hasQop() || one.offersAuth());
        return answerable ? one.algorithm().map(a -> 1 + a.ordinal()).orElse(-1) : -1;
    }

    /// The Authorization header of a request; empty before a challenge came.
    ///
    /// @param uri exactly as in the request line
    public Optional<RtspAuthorization> answer(String method, String uri) {
        RtspChallenge current = challenge;
        if (current == null) {
            return Optional.empty();
        }
        if (current.isBasic()) {
            return Optional.of(new RtspAuthorization.Basic(username, password));
        }
        return current.algorithm().map(algorithm -> digest(current, algorithm, method, uri));
    }

    private RtspAuthorization digest(
            RtspChallenge current, DigestAlgorithm algorithm, String method, String uri) {
        String qop = current.offersAuth() ? "auth" : null;
        String count = "%08x".formatted(++nonceUses);
        String clientNonce = clientNonce();
        String secret = algorithm.secret(username, current.realm(), password);
        String response =
                algorithm.response(secret, current.nonce(), qop, count, clientNonce, method, uri);
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("username", username.replace("\\", "\\\\").replace("\"", "\\\""));
        parameters.put("realm", current.realm());
        parameters.put("nonce", current.nonce());
        parameters.put("uri", uri);
        parameters.put("response", response);
        copy(current, "opaque", parameters);
        copy(current, "algorithm", parameters);
        if (qop != null) {
            parameters.put("qop", qop);
            parameters.put("nc", count);
        }
        if (qop != null || algorithm.name().endsWith("SESS")) {
            parameters.put("cnonce", clientNonce);
        }
        return new RtspAuthorization.Digest(parameters);
    }

    private static void copy(
            RtspChallenge from, String name, LinkedHashMap<String, String> parameters) {
        String value = from.parameters().get(name);
        if (value != null) {
            parameters.put(name, value);
        }
    }

    private static String clientNonce() {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
