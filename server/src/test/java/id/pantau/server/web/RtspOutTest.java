package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.server.identity.Accounts;
import id.pantau.server.identity.CameraRights;
import id.pantau.server.identity.Language;
import id.pantau.server.identity.Role;
import id.pantau.testkit.GoldenMedia;
import id.pantau.vision.FfmpegProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What RTSP clients get of the whole server, and what they do not. The camera is a file, and
/// nobody records it: it is pulled for the clients alone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RtspOutTest {
    private static final String BUDIS_PASSWORD = "another long password 2";
    private final AtomicInteger pulls = new AtomicInteger();
    private WholeServer server;
    private String admin;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        server =
                new WholeServer(
                        home,
                        (_, _, _) -> {
                            pulls.incrementAndGet();
                            return OpenedStream.of(new FilePlayer(GoldenMedia.H264_AAC.path()));
                        });
        admin = server.adminToken();
        for (String id : List.of("gate", "yard")) {
            server.addCamera(admin, id, "rtsp://192.0.2.1/");
        }
        server.server()
                .bean(Accounts.class)
                .add(
                        "budi",
                        BUDIS_PASSWORD,
                        Role.OPERATOR,
                        new CameraRights.Only(Set.of("gate")),
                        Language.ID);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// @return what ffmpeg says; nothing when it is content
    private String play(String transport, String credentials, String path) throws Exception {
        String url =
                "rtsp://%s127.0.0.1:%d/%s".formatted(credentials, server.server().rtspPort(), path);
        var outcome =
                FfmpegProgram.load()
                        .run(
                                List.of(
                                        "-v",
                                        "warning",
                                        "-rtsp_transport",
                                        transport,
                                        "-i",
                                        url,
                                        "-t",
                                        "1",
                                        "-f",
                                        "null",
                                        "-"),
                                Duration.ofSeconds(30));
        return outcome.text();
    }

    private String ticket(String camera, String body) throws Exception {
        var answer = server.send(admin, "POST", "/api/v1/cameras/" + camera + "/tickets", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("ticket").stringValue();
    }

    private String streamPassword(String username) throws Exception {
        String token = username.equals("admin") ? admin : server.token(username, BUDIS_PASSWORD);
        var answer = server.get(token, "/api/v1/auth/stream-password");
        assertThat(answer.json().get("username").stringValue()).isEqualTo(username);
        return answer.json().get("password").stringValue();
    }

    @Test
    void aCameraNobodyRecordsIsPulledOnceForAllItsClients() throws Exception {
        var camera = server.get(admin, "/api/v1/cameras/yard").json();
        assertThat(camera.at("/state/main/phase").stringValue()).isEqualTo("idle");
        int before = pulls.get();
        String password = "admin:" + streamPassword("admin") + "@";
        assertThat(play("tcp", password, "yard/main")).isEmpty();
        assertThat(play("udp", password, "yard")).isEmpty();
        assertThat(pulls.get()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void aTicketInTheUrlPlays(String transport) throws Exception {
        assertThat(play(transport, "", "gate/main?ticket=" + ticket("gate", "{}"))).isEmpty();
    }

    @Test
    void theAccountsPasswordPlaysByBasic() throws Exception {
        String basic = "Basic " + basic("budi", BUDIS_PASSWORD);
        assertThat(RtspClient.describe(server.server().rtspPort(), "gate/main", basic))
                .startsWith("RTSP/1.0 200 ");
    }

    @Test
    void whoMayNotSeeACameraIsToldItIsNotThere() throws Exception {
        int port = server.server().rtspPort();
        String budi = "Basic " + basic("budi", BUDIS_PASSWORD);
        assertThat(RtspClient.describe(port, "yard/main", budi)).startsWith("RTSP/1.0 404 ");
        assertThat(RtspClient.describe(port, "none/main", budi)).startsWith("RTSP/1.0 404 ");
        assertThat(play("tcp", "budi:" + streamPassword("budi") + "@", "yard/main"))
                .contains("404");
    }

    @Test
    void nothingIsPlayedWithoutACredentialThatIsGoodForIt() throws Exception {
        int port = server.server().rtspPort();
        String wrong = "Basic " + basic("budi", "not the password");
        int before = pulls.get();
        assertThat(RtspClient.describe(port, "gate/main", "")).startsWith("RTSP/1.0 401 ");
        assertThat(RtspClient.describe(port, "none/main", "")).startsWith("RTSP/1.0 401 ");
        assertThat(RtspClient.describe(port, "gate/main", wrong)).startsWith("RTSP/1.0 401 ");
        for (String ticket :
                List.of(
                        ticket("yard", "{}"),
                        ticket("gate", "{\"protocol\": \"hls\"}"),
                        ticket("gate", "{}") + "x",
                        "x")) {
            assertThat(RtspClient.describe(port, "gate/main?ticket=" + ticket, ""))
                    .startsWith("RTSP/1.0 401 ");
        }
        assertThat(pulls.get()).as("nobody's camera was pulled for them").isEqualTo(before);
    }

    private static String basic(String username, String password) {
        return java.util.Base64.getEncoder().encodeToString((username + ":" + password).getBytes());
    }
}
