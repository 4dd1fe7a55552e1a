package id.pantau.media.rtsp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// Decides who may play what. Called on the client's thread, so it may block. Asked once per
/// connection and path when it allows; thread-safe.
public interface RtspAccess {
    /// Everybody may play everything.
    RtspAccess OPEN =
            new RtspAccess() {
                @Override
                public List<RtspChallenge> challenges(String nonce) {
                    return List.of();
                }

                @Override
                public Verdict check(Asked asked) {
                    return Verdict.ALLOWED;
                }
            };

    /// What a client asks for.
    ///
    /// @param method of the RTSP request
    /// @param path as for [RtspCatalog#find]
    /// @param query what stands behind `?` in the URL, as written; empty without
    /// @param nonce the one that was offered on this connection; an answer with another is void
    record Asked(
            String method,
            String path,
            String query,
            Optional<RtspAuthorization> authorization,
            String nonce,
            InetSocketAddress peer) {}

    enum Verdict {
        ALLOWED,
        /// Answered with 401 and the challenges.
        UNAUTHORIZED,
        /// Answered with 404, as if it did not exist.
        HIDDEN
    }

    /// What is offered with a 401.
    ///
    /// @param nonce for Digest; fresh for every connection
    List<RtspChallenge> challenges(String nonce);

    Verdict check(Asked asked);

    /// One account for everything: for simulated cameras.
    static RtspAccess account(String username, String password, Scheme... schemes) {
        return new OneAccount(username, password, List.of(schemes));
    }

    enum Scheme {
        BASIC,
        DIGEST_MD5,
        DIGEST_SHA_256
    }

    /// See [#account].
    record OneAccount(String username, String password, List<Scheme> schemes)
            implements RtspAccess {
        private static final String REALM = "Pantau";

        public OneAccount {
            schemes = List.copyOf(schemes);
        }

        @Override
        public List<RtspChallenge> challenges(String nonce) {
            return schemes.stream()
                    .map(scheme ->
                            switch (scheme) {
                                case BASIC -> RtspChallenge.basic(REALM);
                                case DIGEST_MD5 ->
                                        RtspChallenge.digest(
                                                REALM, nonce, DigestAlgorithm.MD5, false);
                                case DIGEST_SHA_256 ->
                                        RtspChallenge.digest(
                                                REALM, nonce, DigestAlgorithm.SHA_256, false);
                            })
                    .toList();
        }

        @Override
        public Verdict check(Asked asked) {
            boolean good =
                    asked.authorization()
                            .filter(one -> one.username().equals(username))
                            .filter(one -> answers(one, asked.nonce()))
                            .filter(one -> one.matches(asked.method(), password))
                            .isPresent();
            return good ? Verdict.ALLOWED : Verdict.UNAUTHORIZED;
        }

        private boolean answers(RtspAuthorization authorization, String nonce) {
            return switch (authorization) {
                case RtspAuthorization.Basic _ -> schemes.contains(Scheme.BASIC);
                case RtspAuthorization.Digest digest ->
                        digest.nonce().equals(nonce) && digest.realm().equals(REALM);
            };
        }

        @Override
        public String toString() {
            return "OneAccount[%s]".formatted(username);
        }
    }
}
