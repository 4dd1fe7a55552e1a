package id.pantau.media.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client shows in an Authorization header: the server's side of authentication reads it,
/// the client's side writes it. No [#toString()] shows a password.
public sealed interface RtspAuthorization {
    String username();

    /// As in the header.
    String write();

    /// Whether it was made with that password. For Digest the caller also checks that the realm and
    /// nonce are its own. Takes the same time for every wrong answer of one length.
    ///
    /// @param method of the request it came with
    boolean matches(String method, String password);

    /// Empty when the scheme is another one or the content makes no sense.
    static Optional<RtspAuthorization> parse(String header) {
        int space = header.strip().indexOf(' ');
        if (space > 0 && header.strip().substring(0, space).equalsIgnoreCase("Basic")) {
            return Basic.parse(header.strip().substring(space + 1).strip());
        }
        return AuthenticationFields.parseAll(header).stream()
                .findFirst()
                .filter(fields -> fields.scheme().equalsIgnoreCase("Digest"))
                .filter(fields -> fields.parameters().containsKey("username"))
                .filter(fields -> fields.parameters().containsKey("response"))
                .map(fields -> new Digest(fields.parameters()));
    }

    /// RFC 7617.
    record Basic(String username, String password) implements RtspAuthorization {
        static Optional<RtspAuthorization> parse(String base64) {
            try {
                byte[] bytes = Base64.getDecoder().decode(base64);
                String[] parts = new String(bytes, StandardCharsets.UTF_8).split(":", 2);
                return parts.length < 2
                        ? Optional.empty()
                        : Optional.of(new Basic(parts[0], parts[1]));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }

        @Override
        public String write() {
            byte[] bytes = (username + ':' + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(bytes);
        }

        @Override
        public boolean matches(String method, String expected) {
            return same(password, expected);
        }

        @Override
        public String toString() {
            return "Basic[" + username + ']';
        }
    }

    /// RFC 7616.
    ///
    /// @param parameters names in lower case; values as between the quotes
    record Digest(Map<String, String> parameters) implements RtspAuthorization {
        private static final List<String> ORDER =
                List.of("username", "realm", "nonce", "uri", "response", "opaque", "algorithm");

        public Digest {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }

        @Override
        public String username() {
            return value("username");
        }

        public String realm() {
            return value("realm");
        }

        public String nonce() {
            return value("nonce");
        }

        public String uri() {
            return value("uri");
        }

        /// Empty when it is no algorithm spoken here.
        public Optional<DigestAlgorithm> algorithm() {
            return DigestAlgorithm.find(parameters.get("algorithm"));
        }

        @Override
        public boolean matches(String method, String password) {
            return algorithm()
                    .filter(one -> matchesSecret(method, one, secret(one, password)))
                    .isPresent();
        }

        private String secret(DigestAlgorithm algorithm, String password) {
            return algorithm.secret(username(), realm(), password);
        }

        /// As [#matches], with the hash that is kept instead of the password.
        public boolean matchesSecret(String method, DigestAlgorithm algorithm, String secret) {
            String qop = parameters.get("qop");
            String expected =
                    algorithm.response(
                            secret, nonce(), qop, value("nc"), value("cnonce"), method, uri());
            return same(value("response").toLowerCase(Locale.ROOT), expected);
        }

        @Override
        public String write() {
            return AuthenticationFields.write("Digest", parameters, ORDER);
        }

        private String value(String name) {
            return parameters.getOrDefault(name, "");
        }

        @Override
        public String toString() {
            return "Digest[" + username() + ']';
        }
    }

    private static boolean same(@Nullable String a, String b) {
        return a != null
                && MessageDigest.isEqual(
                        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
