package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.app.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.io.EofException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.ServletWebRequest;

/// Whatever goes wrong is told as a problem document with a stable code.
class ProblemTest {
    private final Client admin = Client.admin();

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing/here.js, 404, route.notFound",
        "GET, /api/v1/nothing, 404, route.notFound",
        "GET, /error, 404, route.notFound",
        "GET, /actuator, 404, route.notFound",
        "GET, /api/v1/auth/login, 405, request.methodNotAllowed",
        "PUT, /api/v1/settings, 405, request.methodNotAllowed",
        "GET, /a/..%2f..%2fetc, 400, request.rejected",
        "GET, /a;b=c, 400, request.rejected",
    })
    void aWrongAddressOrMethod(String method, String path, int status, String code) {
        Client.Answer answer = admin.send(method, path, null);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                          | request.malformed    | ''",
                "''                         | request.malformed    | ''",
                "[]                         | request.malformed    | ''",
                "{\"connectCap\":\"many\"}  | request.invalid      | connectCap",
                "{\"connectCap\":0}         | request.invalid      | connectCap",
                "{\"zone\":\"Mars/North\"}  | request.invalid      | zone",
                "{\"language\":\"de\"}      | request.invalid      | language",
                "{\"colour\":\"red\"}       | request.invalid      | colour",
            })
    void aWrongBody(String body, String code, String field) {
        Client.Answer answer = admin.send("PATCH", "/api/v1/settings", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("fieldErrors").path(0).path("field").asString(""))
                .isEqualTo(field);
        assertThat(answer.text()).doesNotContain("Exception", "id.pantau", "jackson");
    }

    @Test
    void aBodyThatIsTooLarge() {
        Client.Answer answer = admin.send("PATCH", "/api/v1/settings", " ".repeat(300_000) + "{}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("request.tooLarge");
    }

    @Test
    void aChunkedBodyThatGrowsTooLarge() throws IOException {
        String token = admin.requestHeaders().get("Authorization");
        String head =
                "PATCH /api/v1/settings HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n"
                                .formatted(token)
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";

        String answer = raw(head + "49000\r\n" + " ".repeat(0x49000) + "\r\n2\r\n{}\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("request.tooLarge");
    }

    @Test
    void aFormIsNotTaken() {
        Client form =
                Client.of(TestServer.shared())
                        .header("Content-Type", "application/x-www-form-urlencoded");

        Client.Answer answer = form.send("POST", "/api/v1/auth/token", "username=a&password=b");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("request.mediaType");
    }

    @Test
    void bytesThatAreHardlyHttp() throws IOException {
        String answer = raw("GET /a//b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "request.rejected");
        assertThat(answer).doesNotContain("Server: Jetty", "<html");
    }

    @Test
    void whoLeavesWhileTheyAreAnsweredIsNoFailureOfOurs() {
        var request = new ServletWebRequest(new MockHttpServletRequest());

        assertThat(new ProblemAdvice().unexpected(new EofException("Broken pipe"), request))
                .isNull();
        assertThat(new ProblemAdvice().unexpected(new IOException("disk"), request)).isNotNull();
    }

    @Test
    void everyAnswerCarriesTheHeadersThatBindABrowser() {
        Client.Answer answer = Client.of(TestServer.shared()).get("/healthz");

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void theServerIsReadyAndMeasured() {
        assertThat(Client.of(TestServer.shared()).get("/readyz").json().path("status").asString())
                .isEqualTo("UP");
        assertThat(admin.get("/metrics").text())
                .contains("jvm_memory_used_bytes")
                .contains("pantau_connections_refused_total{protocol=\"rtsp\"}");
    }

    @Test
    void settingsChangeAtOnceAndStay() {
        Client.Answer changed =
                admin.patch("/api/v1/settings", Map.of("connectCap", 6, "zone", "Asia/Makassar"));

        assertThat(changed.json().path("connectCap").asInt()).isEqualTo(6);
        assertThat(admin.get("/api/v1/settings").text()).isEqualTo(changed.text());
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", TestServer.shared().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
