package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CamerasOverHttpTest {
    private WholeServer server;
    private String admin;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        server = new WholeServer(home);
        admin = server.adminToken();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aCameraIsAddedChangedAndRemovedAndNeverShowsItsPassword() throws Exception {
        var added =
                server.send(
                        admin,
                        "POST",
                        "/api/v1/cameras",
                        """
                        {"name": "Gerbang Depan", "enabled": false,
                         "main": {"url": "rtsp://admin:s%40crét@192.0.2.10/Streaming/101"}}
                        """);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        assertThat(added.body()).doesNotContain("crét").doesNotContain("s%40");
        JsonNode camera = added.json();
        assertThat(camera.get("id").stringValue()).isEqualTo("gerbang-depan");
        assertThat(camera.get("main").get("url").stringValue())
                .isEqualTo("rtsp://192.0.2.10/Streaming/101");
        assertThat(camera.get("username").stringValue()).isEqualTo("admin");
        assertThat(camera.get("hasPassword").booleanValue()).isTrue();
        assertThat(camera.get("state").get("main").get("phase").stringValue())
                .isEqualTo("disabled");

        var changed =
                server.send(
                        admin,
                        "PATCH",
                        "/api/v1/cameras/gerbang-depan",
                        """
                        {"password": null, "labels": ["gate"], "location": {"lon": 106.8, "lat": -6.2},
                         "recording": {"mode": "off"}}
                        """);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().get("hasPassword").booleanValue()).isFalse();
        assertThat(changed.json().get("recording").get("mode").stringValue()).isEqualTo("off");
        assertThat(changed.json().get("name").stringValue()).isEqualTo("Gerbang Depan");

        assertThat(server.send(admin, "DELETE", "/api/v1/cameras/gerbang-depan", null).status())
                .isEqualTo(204);
        var gone = server.get(admin, "/api/v1/cameras/gerbang-depan");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.json().get("code").stringValue()).isEqualTo("camera.notFound");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    http://192.0.2.1/          | camera.urlNeedsCompat
                    rtmp://192.0.2.1/live/x    | camera.urlNeedsCompat
                    srt://192.0.2.1:9000       | camera.urlNeedsCompat
                    file:///etc/passwd         | camera.urlScheme
                    javascript:alert(1)        | camera.urlWithoutScheme
                    rtsp://169.254.169.254/x   | camera.urlLinkLocal
                    rtsp://[fe80::1]/x         | camera.urlLinkLocal
                    rtsp://224.0.0.1/x         | camera.urlMulticast
                    rtsp://                    | camera.urlHost
                    rtsp://host:99999/x        | camera.urlHost
                    rtsp://localhost:PORT/x    | camera.urlOwnServer
                    rtsp://0.0.0.0:PORT/x      | camera.urlOwnServer
                    rtsp://[::1]:PORT/x        | camera.urlOwnServer
                    """)
    void aUrlThatIsNoCamerasIsRefusedInOneSentence(String url, String code) throws Exception {
        refuses(url, "tcp", code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ftp://192.0.2.1/                      | camera.urlScheme
                    file:///etc/passwd                    | camera.urlScheme
                    rtmp://169.254.169.254/x              | camera.urlLinkLocal
                    http://[fe80::1]/x.m3u8               | camera.urlLinkLocal
                    http://100.100.100.200/x              | camera.urlLinkLocal
                    srt://224.0.0.1:9000                  | camera.urlMulticast
                    srt://192.0.2.1                       | camera.urlPort
                    srt://192.0.2.1:9000?mode=listener    | camera.urlListens
                    srt://192.0.2.1:9000?x=1&mode=rendezvous | camera.urlListens
                    http://localhost:PORT/hls/a/main.m3u8 | camera.urlOwnServer
                    rtmp://127.0.0.1:RTMP/live/a          | camera.urlOwnServer
                    rtsp://[::1]:PORT/x                   | camera.urlOwnServer
                    """)
    void theSameRulesHoldForWhatIsReadThroughFfmpeg(String url, String code) throws Exception {
        refuses(url, "compat", code);
    }

    @Test
    void aSourceOfAnotherProtocolIsACameraThatShowsNoPassword() throws Exception {
        var added =
                server.send(
                        admin,
                        "POST",
                        "/api/v1/cameras",
                        """
                        {"id": "drone", "name": "Drone", "enabled": false,
                         "main": {"url": "SRT://pilot:r4hasia@192.0.2.10:9000?passphrase=0123456789",
                                  "transport": "compat"}}
                        """);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        assertThat(added.body()).doesNotContain("r4hasia").doesNotContain("0123456789");
        JsonNode main = server.get(admin, "/api/v1/cameras/drone").json().get("main");
        assertThat(main.get("url").stringValue()).isEqualTo("srt://192.0.2.10:9000?passphrase=***");
        assertThat(main.get("transport").stringValue()).isEqualTo("compat");
        server.send(admin, "DELETE", "/api/v1/cameras/drone", null);
    }

    private void refuses(String url, String transport, String code) throws Exception {
        String real =
                url.replace("PORT", String.valueOf(server.server().port()))
                        .replace("RTMP", String.valueOf(server.server().rtmpPort()));
        var answer =
                server.send(
                        admin,
                        "POST",
                        "/api/v1/cameras",
                        "{\"name\": \"x\", \"main\": {\"url\": \"%s\", \"transport\": \"%s\"}}"
                                .formatted(real, transport));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        JsonNode error = answer.json().get("fieldErrors").get(0);
        assertThat(error.get("field").stringValue()).isEqualTo("main.url");
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("message").stringValue()).endsWith(".").hasSizeLessThan(200);
    }

    @Test
    void healthAndReadinessAnswer() throws Exception {
        var health = server.get(admin, "/api/v1/health");
        assertThat(health.status()).as(health.body()).isEqualTo(200);
        assertThat(health.json().get("volumes").size()).isEqualTo(1);
        var ready = server.get(null, "/readyz");
        assertThat(ready.status()).as(ready.body()).isEqualTo(200);
    }

    @Test
    void compressionIsNotAgreedOnForWebSockets() throws Exception {
        try (var socket = new java.net.Socket("localhost", server.server().port())) {
            String handshake =
                    """
                    GET /api/v1/live/events HTTP/1.1
                    Host: localhost
                    Connection: Upgrade
                    Upgrade: websocket
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                    Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits
                    Authorization: Bearer %s

                    """
                            .formatted(admin)
                            .replace("\n", "\r\n");
            socket.getOutputStream()
                    .write(handshake.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            byte[] answer = new byte[2000];
            int length = socket.getInputStream().read(answer);
            assertThat(new String(answer, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 101")
                    .doesNotContainIgnoringCase("permessage-deflate");
        }
    }

    @Test
    void aProbeOfAClosedPortSaysWhatToDo() throws Exception {
        var answer =
                server.send(
                        admin, "POST", "/api/v1/probe", "{\"url\": \"rtsp://127.0.0.1:9/none\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("ok").booleanValue()).isFalse();
        assertThat(answer.json().get("reason").stringValue()).isEqualTo("UNREACHABLE");
    }
}
