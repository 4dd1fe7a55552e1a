package id.pantau.media.rtsp;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One challenge of a WWW-Authenticate header: how a server wants to be shown who asks.
///
/// @param scheme `Basic`, `Digest`, or what the server made up; compares without case
/// @param parameters names in lower case; values as between the quotes
public record RtspChallenge(String scheme, Map<String, String> parameters) {
    private static final List<String> ORDER =
            List.of("realm", "nonce", "opaque", "stale", "algorithm", "qop");

    public RtspChallenge {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static RtspChallenge basic(String realm) {
        return new RtspChallenge("Basic", Map.of("realm", realm));
    }

    /// @param stale whether the answer was right but for a nonce that is used up
    public static RtspChallenge digest(
            String realm, String nonce, DigestAlgorithm algorithm, boolean stale) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("realm", realm);
        parameters.put("nonce", nonce);
        parameters.put("stale", stale ? "TRUE" : "FALSE");
        parameters.put("algorithm", algorithm.token());
        return new RtspChallenge("Digest", parameters);
    }

    /// Every challenge of every WWW-Authenticate line, in order.
    public static List<RtspChallenge> parseAll(List<String> headerValues) {
        return headerValues.stream()
                .flatMap(value -> AuthenticationFields.parseAll(value).stream())
                .map(fields -> new RtspChallenge(fields.scheme(), fields.parameters()))
                .toList();
    }

    public boolean isBasic() {
        return scheme.equalsIgnoreCase("Basic");
    }

    public boolean isDigest() {
        return scheme.equalsIgnoreCase("Digest");
    }

    public String realm() {
        return parameters.getOrDefault("realm", "");
    }

    public String nonce() {
        return parameters.getOrDefault("nonce", "");
    }

    public boolean isStale() {
        return "true".equalsIgnoreCase(parameters.get("stale"));
    }

    /// Empty when it is no algorithm spoken here.
    public Optional<DigestAlgorithm> algorithm() {
        return DigestAlgorithm.find(parameters.get("algorithm"));
    }

    /// Whether a qop was offered; without one the older computation of RFC 2069 holds.
    boolean hasQop() {
        return !parameters.getOrDefault("qop", "").isBlank();
    }

    /// Whether the qop `auth` is among those offered.
    boolean offersAuth() {
        return Arrays.stream(parameters.getOrDefault("qop", "").split(","))
                .anyMatch(qop -> qop.strip().toLowerCase(Locale.ROOT).equals("auth"));
    }

    public String write() {
        return AuthenticationFields.write(scheme, parameters, ORDER);
    }
}
