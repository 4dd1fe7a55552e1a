package id.pantau.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.rtsp.RtspTarget.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class RtspAuthenticationTest {
    private static final RtspTimeouts PATIENT =
            new RtspTimeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10));

    private final UnitCounter units = new UnitCounter();

    @Test
    void theExampleOfRfc2617Section35Matches() {
        String header =
                "Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\","
                        + " qop=auth, nc=00000001, cnonce=\"0a4f113b\","
                        + " response=\"6629fae49393a05397450978507c4ef1\"";
        var shown = RtspAuthorization.parse(header).orElseThrow();
        assertThat(shown.matches("GET", "Circle Of Life")).isTrue();
        assertThat(shown.matches("GET", "Circle of Life")).isFalse();
        assertThat(shown.matches("PUT", "Circle Of Life")).isFalse();
        assertThat(shown.toString()).isEqualTo("Digest[Mufasa]");
    }

    @Test
    void theSha256ExampleOfRfc7616Section391Matches() {
        String header =
                "Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
                        + " uri=\"/dir/index.html\", algorithm=SHA-256,"
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001,"
                        + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth,"
                        + " response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"";
        assertThat(RtspAuthorization.parse(header).orElseThrow().matches("GET", "Circle of Life"))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheClientAnswersTheServerAccepts(DigestAlgorithm algorithm) {
        var challenge = RtspChallenge.digest("Pantau", "n0", algorithm, false);
        for (String qop : List.of("", ", qop=\"auth-int,auth\"")) {
            var login = new RtspAuthentication("op \"1\"", "p:ä ss");
            assertThat(login.accept(RtspChallenge.parseAll(List.of(challenge.write() + qop))))
                    .isTrue();
            var sent = login.answer("PLAY", "rtsp://h/a?b=c").orElseThrow().write();
            var shown = (RtspAuthorization.Digest) RtspAuthorization.parse(sent).orElseThrow();
            assertThat(shown.nonce()).isEqualTo("n0");
            assertThat(shown.uri()).isEqualTo("rtsp://h/a?b=c");
            String secret = algorithm.secret("op \"1\"", "Pantau", "p:ä ss");
            assertThat(shown.matchesSecret("PLAY", algorithm, secret)).isTrue();
            assertThat(shown.matchesSecret("PAUSE", algorithm, secret)).isFalse();
        }
    }

    @Test
    void theStrongestChallengeThatCanBeAnsweredIsTaken() {
        var all =
                RtspChallenge.parseAll(
                        List.of(
                                "Basic realm=\"a\", Digest realm=\"b\", nonce=\"1\"",
                                "Digest realm=\"c\", nonce=\"2\", algorithm=SHA-256",
                                "Digest realm=\"d\", nonce=\"3\", algorithm=SHA-512-256",
                                "Negotiate"));
        assertThat(all).hasSize(5);
        var login = new RtspAuthentication("u", "p");
        login.accept(all);
        assertThat(login.answer("PLAY", "x").orElseThrow().write()).contains("realm=\"c\"");
        login.accept(all.subList(0, 1));
        assertThat(login.answer("PLAY", "x")).hasValue(new RtspAuthorization.Basic("u", "p"));
        assertThat(login.accept(all.subList(4, 5))).isFalse();
    }

    @Test
    void basicAndDigestLoginsReachTheMedia() throws Exception {
        for (RtspChallenge challenge :
                List.of(
                        RtspChallenge.basic("cam"),
                        RtspChallenge.digest("cam", "n1", DigestAlgorithm.MD5, false),
                        RtspChallenge.digest("cam", "n1", DigestAlgorithm.SHA_256, false))) {
            try (var camera = guarded(() -> challenge, "secret")) {
                assertThat(pull(camera, "secret").reason()).isEqualTo(Reason.CLOSED_BY_CAMERA);
                // OPTIONS is asked twice, everything behind it carries the answer at once.
                assertThat(camera.requests).hasSize(6);
            }
        }
    }

    @Test
    void aWrongPasswordIsTriedOnceAndNeverTold() throws Exception {
        var challenge = RtspChallenge.digest("cam", "n1", DigestAlgorithm.MD5, false);
        try (var camera = guarded(() -> challenge, "right")) {
            StreamEnd end = pull(camera, "wr0ng");
            assertThat(end.reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(end.detail())
                    .isEqualTo(
                            "127.0.0.1:%d refuses the user name or password at OPTIONS."
                                    .formatted(camera.port()));
            assertThat(camera.requests).hasSize(2);
        }
        try (var camera = guarded(() -> challenge, "right")) {
            StreamEnd end = pull(camera, null);
            assertThat(end.reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(end.detail()).contains("asks for a user name and password");
            assertThat(camera.requests).hasSize(1);
        }
    }

    @Test
    void aRedirectGetsNoPasswordInClear() throws Exception {
        try (var thief = guarded(() -> RtspChallenge.basic("give"), "secret")) {
            String elsewhere = "rtsp://localhost:" + thief.port() + "/";
            try (var camera =
                    new ScriptedCamera(visitor -> {
                        visitor.serve(visitor.expect("OPTIONS"));
                        visitor.answer(
                                visitor.expect("DESCRIBE"),
                                Response.of(301, "Moved").with("Location", elsewhere));
                    })) {
                assertThat(pull(camera, "secret").reason()).isEqualTo(Reason.UNAUTHORIZED);
                assertThat(thief.requests).hasSize(1);
                assertThat(thief.requests.getFirst().headers().first("Authorization")).isEmpty();
            }
        }
    }

    @Test
    void aStaleNonceIsReplacedOnceMore() throws Exception {
        var nonces = new ArrayList<>(List.of("n1", "n2", "n3", "n3", "n3"));
        try (var camera =
                guarded(
                        () -> {
                            String nonce = nonces.removeFirst();
                            return RtspChallenge.digest(
                                    "cam", nonce, DigestAlgorithm.MD5, !nonce.equals("n1"));
                        },
                        "secret",
                        "n3")) {
            StreamEnd end = pull(camera, "secret");
            assertThat(end.reason()).isEqualTo(Reason.UNAUTHORIZED); // three nonces for one request
            assertThat(camera.requests).hasSize(3);
        }
    }

    @Test
    void aNonceThatAgesWhilePlayingIsReplacedOnce() throws Exception {
        var fresh = RtspChallenge.digest("cam", "n2", DigestAlgorithm.MD5, true);
        try (var camera =
                new ScriptedCamera(visitor -> {
                    Request request;
                    do {
                        request = visitor.request();
                        if (request.method().equals("SETUP")) {
                            visitor.answer(
                                    request, Response.of(200, "OK").with("Session", "a;timeout=1"));
                        } else {
                            visitor.serve(request);
                        }
                    } while (!request.method().equals("PLAY"));
                    visitor.keepSending();
                    visitor.answer(visitor.request(), refusal(fresh));
                    visitor.ok(visitor.request());
                    visitor.answer(visitor.request(), refusal(fresh));
                    visitor.answer(visitor.request(), refusal(fresh));
                    visitor.serveForever();
                })) {
            StreamEnd end = pull(camera, "secret");
            assertThat(end.reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(end.detail()).contains("no longer accepts the login");
            List<Boolean> shown =
                    camera.requests.stream()
                            .skip(5)
                            .map(one -> one.headers().first("Authorization").isPresent())
                            .limit(4)
                            .toList();
            assertThat(shown).isEqualTo(Arrays.asList(false, true, true, true));
        }
    }

    @Test
    void aLoginIsForItsOwnHostAndNeverForOneThatItRedirectsTo() throws Exception {
        for (RtspChallenge challenge :
                List.of(
                        RtspChallenge.basic("other"),
                        RtspChallenge.digest("other", "n1", DigestAlgorithm.MD5, false))) {
            try (var other =
                            new ScriptedCamera(visitor -> {
                                while (true) {
                                    visitor.answer(visitor.request(), refusal(challenge));
                                }
                            });
                    var first =
                            new ScriptedCamera(visitor -> {
                                visitor.serve(visitor.expect("OPTIONS"));
                                visitor.answer(
                                        visitor.expect("DESCRIBE"),
                                        Response.of(302, "Moved")
                                                .with(
                                                        "Location",
                                                        "rtsp://localhost:%d/x"
                                                                .formatted(other.port())));
                            })) {
                StreamEnd end = pull(first, "secret");
                assertThat(end)
                        .isEqualTo(
                                new StreamEnd(
                                        StreamEnd.Reason.UNAUTHORIZED,
                                        "127.0.0.1 redirects to localhost, which wants a login; the"
                                                + " one given is for 127.0.0.1 only."));
                assertThat(other.requests)
                        .isNotEmpty()
                        .noneMatch(one -> one.headers().first("Authorization").isPresent());
            }
        }
    }

    private static Response refusal(RtspChallenge challenge) {
        return Response.of(401, "Unauthorized").with("WWW-Authenticate", challenge.write());
    }

    /// Wants a login for every request; with `goodNonce`, only that nonce is fresh.
    private static ScriptedCamera guarded(
            Supplier<RtspChallenge> challenge, String password, String... goodNonce)
            throws Exception {
        return new ScriptedCamera(visitor -> {
            Request request;
            boolean good;
            do {
                request = visitor.request();
                good = isGood(request, password);
                if (good && goodNonce.length == 0) {
                    visitor.serve(request);
                } else {
                    visitor.answer(request, refusal(challenge.get()));
                }
            } while (!good || !request.method().equals("PLAY"));
        });
    }

    private static boolean isGood(Request request, String password) {
        return request.headers()
                .first("Authorization")
                .flatMap(RtspAuthorization::parse)
                .filter(shown -> shown.matches(request.method(), password))
                .isPresent();
    }

    private StreamEnd pull(ScriptedCamera camera, @Nullable String password)
            throws InterruptedException {
        String user = password == null ? null : "admin";
        var target = new RtspTarget(camera.url("/live"), user, password, Transport.TCP);
        return new RtspAttempt(
                        target,
                        PATIENT,
                        UrlPolicy.ANY,
                        Clock.systemUTC(),
                        units::create,
                        Duration.ofSeconds(5))
                .run(_ -> {});
    }
}
