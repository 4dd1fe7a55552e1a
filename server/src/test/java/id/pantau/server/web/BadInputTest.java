package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.ScriptedCamera;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Whatever a person types for a camera, and whatever answers there: one clear sentence in the API,
/// one in each language of the UI, and every other camera goes on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String PASSWORD = "geheim";

    /// What is wrong with a stream that is asked for.
    enum Trouble {
        WRONG_HOST(Reason.HOST_UNKNOWN, "no-such-camera.invalid"),
        CLOSED_PORT(Reason.UNREACHABLE, "127.0.0.1:1"),
        WRONG_PASSWORD(Reason.UNAUTHORIZED, "127.0.0.1:"),
        PATH_NOT_FOUND(Reason.NOT_FOUND, "127.0.0.1:"),
        NOT_RTSP(Reason.NOT_RTSP, "127.0.0.1:"),
        UNKNOWN_CODEC(Reason.UNSUPPORTED_CODEC, "127.0.0.1:"),
        REDIRECT_TO_OURSELVES(Reason.URL_REFUSED, "127.0.0.1");

        final Reason reason;
        final String where;

        Trouble(Reason reason, String where) {
            this.reason = reason;
            this.where = where;
        }
    }

    /// A body that is refused: the field, and the code that names what is wrong.
    record Refused(String name, String field, String code, Map<String, Object> body) {
        @Override
        public String toString() {
            return name;
        }
    }

    private WholeServer server;
    private String admin;
    private ScriptedCamera good;
    private ScriptedCamera guarded;
    private ScriptedCamera strange;
    private ScriptedCamera redirecting;
    private ServerSocket web;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        server = new WholeServer(home);
        admin = server.adminToken();
        good = ScriptedCamera.start(GoldenMedia.H264_SMALL);
        guarded =
                ScriptedCamera.start(GoldenMedia.H264_SMALL)
                        .account("admin", "another", RtspAccess.Scheme.DIGEST_MD5);
        strange = ScriptedCamera.start(GoldenMedia.H264_SMALL).announceCodec("VP8");
        redirecting =
                ScriptedCamera.start(GoldenMedia.H264_SMALL)
                        .redirectTo(
                                java.net.URI.create(
                                        "rtsp://127.0.0.1:%d/".formatted(server.server().port())));
        web = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::serveWeb);
        var added =
                post(
                        "/api/v1/cameras",
                        Map.of("name", "Good", "main", Map.of("url", "" + good.url())));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        Eventually.await("the good camera streams", () -> phaseOfGood().equals("streaming"));
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        good.close();
        guarded.close();
        strange.close();
        redirecting.close();
        web.close();
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatDoesNotPlayIsOneSentenceInProbeAndState(Trouble trouble) throws Exception {
        String since = sinceOfGood();
        String url = urlOf(trouble);
        var probed = post("/api/v1/probe", Map.of("url", url));
        assertThat(probed.status()).as(probed.body()).isEqualTo(200);
        assertThat(probed.json().get("ok").booleanValue()).isFalse();
        assertIsExplained(trouble, probed.json());

        var saved =
                post("/api/v1/cameras", Map.of("name", trouble.name(), "main", Map.of("url", url)));
        assertThat(saved.status()).as(saved.body()).isEqualTo(201);
        String path = "/api/v1/cameras/" + saved.json().get("id").stringValue();
        Eventually.await("its state has a reason", () -> stateOf(path).has("reason"));
        assertIsExplained(trouble, stateOf(path));
        assertThat(server.send(admin, "DELETE", path, null).status()).isEqualTo(204);

        assertThat(phaseOfGood()).isEqualTo("streaming");
        assertThat(sinceOfGood()).as("the good camera was not disturbed").isEqualTo(since);
    }

    Stream<Refused> refused() {
        String own = "rtsp://127.0.0.1:%d/x".formatted(server.server().port());
        return Stream.of(
                name("quotes", "Gate \"A\"", "camera.nameHasForbiddenCharacter"),
                name("HTML", "<img src=x onerror=alert(1)>", "camera.nameHasForbiddenCharacter"),
                name("a right-to-left mark", "Gate \u202etxt", "camera.nameHasForbiddenCharacter"),
                name("a slash", "../../etc/passwd", "camera.nameHasForbiddenCharacter"),
                name("a line end", "Gate\nB", "camera.nameHasForbiddenCharacter"),
                name("10,000 characters", "x".repeat(10_000), "camera.nameTooLong"),
                name("nothing", "  ", "camera.nameMissing"),
                url("a scheme outside the list", "ftp://192.0.2.1/", "camera.urlScheme"),
                url("a file", "file:///etc/passwd", "camera.urlScheme"),
                url("no scheme", "192.0.2.1/live", "camera.urlWithoutScheme"),
                url("this server", own, "camera.urlOwnServer"),
                url("a metadata service", "rtsp://169.254.169.254/", "camera.urlLinkLocal"),
                url("no host", "rtsp://", "camera.urlHost"),
                url("a port out of range", "rtsp://192.0.2.1:70000/", "camera.urlHost"),
                url("nothing as URL", " ", "camera.urlMissing"),
                url(
                        "10,000 characters of URL",
                        "rtsp://h/" + "x".repeat(10_000),
                        "camera.urlTooLong"),
                url("an invisible character", "rtsp://h/\u200ba", "camera.urlHasControlCharacter"),
                credential("username", "a".repeat(10_000), "camera.credentialTooLong"),
                credential("password", "a\r\nX: b", "camera.credentialHasControlCharacter"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeACameraIsRefusedWithOneSentenceAtItsField(Refused refused) throws Exception {
        var answer = post("/api/v1/cameras", refused.body());
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("fieldErrors")).as(answer.body()).hasSize(1);
        assertRefuses(answer.json(), refused.field(), refused.code());
        if (refused.field().equals("main.url")) {
            Map<?, ?> main = (Map<?, ?>) Objects.requireNonNull(refused.body().get("main"));
            Object url = Objects.requireNonNull(main.get("url"));
            var probed = post("/api/v1/probe", Map.of("url", url));
            assertThat(probed.status()).as(probed.body()).isEqualTo(400);
            assertRefuses(probed.json(), "url", refused.code());
        }
        assertThat(phaseOfGood()).isEqualTo("streaming");
    }

    @Test
    void bodiesThatAreNoCameraAreRefusedInWords() throws Exception {
        for (String body :
                new String[] {"", "{", "[]", "7", "{\"name\": 7, \"main\": []}", "\u0000"}) {
            var answer = server.send(admin, "POST", "/api/v1/cameras", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.json().get("code").stringValue()).startsWith("request.");
            assertTranslated("problem." + answer.json().get("code").stringValue());
        }
        var long10k = server.send(admin, "POST", "/api/v1/cameras", "[".repeat(10_000));
        assertThat(long10k.status()).isEqualTo(400);
    }

    private void assertIsExplained(Trouble trouble, JsonNode told) {
        assertThat(told.get("reason").stringValue()).isEqualTo(trouble.reason.name());
        String detail = told.get("detail").stringValue();
        assertThat(detail)
                .contains(trouble.where)
                .matches("(?s)[A-Z0-9a-z].*\\. [A-Z].*\\.") // what and where; what to do
                .hasSizeLessThan(350)
                .doesNotContain(PASSWORD);
        assertTranslated("reason.%s.what".formatted(trouble.reason));
        assertTranslated("reason.%s.todo".formatted(trouble.reason));
    }

    private static void assertRefuses(JsonNode problem, String field, String code) {
        JsonNode error = problem.get("fieldErrors").get(0);
        assertThat(error.get("field").stringValue()).isEqualTo(field);
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("message").stringValue())
                .matches("[A-Z0-9][^\\n]*\\.") // it may begin with the address it is about
                .hasSizeLessThan(200)
                .doesNotContain(PASSWORD);
        assertTranslated("problem." + code);
    }

    /// The UI says it in both languages.
    private static void assertTranslated(String key) {
        for (String language : new String[] {"id", "en"}) {
            Path file =
                    Path.of(System.getProperty("pantau.root", ".."), "ui", "src", "i18n")
                            .resolve(language + ".json");
            JsonNode at;
            try {
                at = WholeServer.JSON.readTree(Files.readString(file));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            for (String part : key.split("\\.")) {
                at = at.path(part);
            }
            assertThat(at.asString("")).as("%s in %s", key, language).matches("(?s).{5,}");
        }
    }

    private static Refused name(String what, String name, String code) {
        return new Refused(what, "name", code, body(name, "rtsp://192.0.2.1/", Map.of()));
    }

    private static Refused url(String what, String url, String code) {
        return new Refused(what, "main.url", code, body("Gate", url, Map.of()));
    }

    private static Refused credential(String field, String value, String code) {
        return new Refused(
                field, field, code, body("Gate", "rtsp://192.0.2.1/", Map.of(field, value)));
    }

    private static Map<String, Object> body(String name, String url, Map<String, String> more) {
        var body = new java.util.HashMap<String, Object>(more);
        body.put("name", name);
        body.put("enabled", false);
        body.put("main", Map.of("url", url));
        return body;
    }

    private String urlOf(Trouble trouble) {
        BiFunction<Integer, String, String> at =
                (port, path) -> "rtsp://admin:%s@127.0.0.1:%d%s".formatted(PASSWORD, port, path);
        return switch (trouble) {
            case WRONG_HOST -> "rtsp://admin:" + PASSWORD + "@no-such-camera.invalid/main";
            case CLOSED_PORT -> at.apply(1, "/main");
            case WRONG_PASSWORD -> at.apply(guarded.port(), "/main");
            case PATH_NOT_FOUND -> at.apply(good.port(), "/nowhere");
            case NOT_RTSP -> at.apply(web.getLocalPort(), "/");
            case UNKNOWN_CODEC -> at.apply(strange.port(), "/main");
            case REDIRECT_TO_OURSELVES -> at.apply(redirecting.port(), "/main");
        };
    }

    private void serveWeb() {
        while (!web.isClosed()) {
            try (Socket visitor = web.accept()) {
                int _ = visitor.getInputStream().read(new byte[4000]);
                visitor.getOutputStream()
                        .write(
                                "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException _) {
                // the visitor left, or the test is over
            }
        }
    }

    private WholeServer.Answer post(String path, Object body) throws Exception {
        return server.send(admin, "POST", path, WholeServer.JSON.writeValueAsString(body));
    }

    private String phaseOfGood() {
        return stateOf("/api/v1/cameras/good").get("phase").stringValue();
    }

    private String sinceOfGood() {
        return stateOf("/api/v1/cameras/good").get("since").stringValue();
    }

    private JsonNode stateOf(String path) {
        try {
            return server.get(admin, path).json().get("state").get("main");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
