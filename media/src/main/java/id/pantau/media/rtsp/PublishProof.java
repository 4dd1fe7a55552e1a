package id.pantau.media.rtsp;

import id.pantau.media.hub.PublishPoints.Proof;
import id.pantau.media.rtsp.RtspMessage.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What an ANNOUNCE shows of its stream key: `?key=` of its URL, else the password of Basic, else
/// an answer by Digest. The user name is of no meaning.
final class PublishProof {
    private static final String REALM = "Pantau";
    private static final String PARAMETER = "key=";
    private static final Proof NONE = new Proof.Shown("");

    private PublishProof() {}

    /// What is offered with a 401, the strongest first; a publisher that knows Digest sends no key
    /// over the wire.
    static List<RtspChallenge> challenges(String nonce, boolean stale) {
        return List.of(
                RtspChallenge.digest(REALM, nonce, DigestAlgorithm.SHA_256, stale),
                RtspChallenge.digest(REALM, nonce, DigestAlgorithm.MD5, stale),
                RtspChallenge.basic(REALM));
    }

    /// @param nonce the one that was offered on this connection
    /// @return of no key when there is none, or when a Digest answers something else: another
    ///   nonce, realm or path
    static Proof of(Request request, RequestTarget target, String nonce) {
        Optional<String> inUrl = inUrl(target.query());
        if (inUrl.isPresent()) {
            return new Proof.Shown(inUrl.get());
        }
        return authorization(request)
                .map(authorization ->
                        switch (authorization) {
                            case RtspAuthorization.Basic basic -> new Proof.Shown(basic.password());
                            case RtspAuthorization.Digest digest ->
                                    isAbout(digest, target) && digest.nonce().equals(nonce)
                                            ? new Proof.Answered(
                                                    key -> digest.matches(request.method(), key))
                                            : NONE;
                        })
                .orElse(NONE);
    }

    /// Whether it answers a challenge, though not this connection's: the publisher need not ask its
    /// user again (RFC 7616 §3.3, `stale`).
    static boolean isStale(Request request, RequestTarget target, String nonce) {
        return authorization(request)
                .filter(RtspAuthorization.Digest.class::isInstance)
                .map(RtspAuthorization.Digest.class::cast)
                .filter(digest -> isAbout(digest, target) && !digest.nonce().equals(nonce))
                .isPresent();
    }

    /// The URI is part of the answer: one that was made for another stream opens nothing here.
    private static boolean isAbout(RtspAuthorization.Digest digest, RequestTarget target) {
        return digest.realm().equals(REALM)
                && RequestTarget.parse(digest.uri()).path().equals(target.path());
    }

    private static Optional<RtspAuthorization> authorization(Request request) {
        return request.headers().first("Authorization").flatMap(RtspAuthorization::parse);
    }

    private static Optional<String> inUrl(String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(parameter -> parameter.startsWith(PARAMETER))
                .findFirst()
                .map(parameter -> decoded(parameter.substring(PARAMETER.length())));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return ""; // a broken escape is no key
        }
    }
}
