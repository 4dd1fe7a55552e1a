package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.flv.FlvReader;
import id.pantau.media.flv.FlvTag;
import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.server.camera.StreamOpener;
import id.pantau.server.identity.Accounts;
import id.pantau.server.identity.CameraRights;
import id.pantau.server.identity.Language;
import id.pantau.server.identity.Role;
import id.pantau.server.identity.StreamPasswords;
import id.pantau.server.live.FlvSources;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.vision.FfmpegProgram;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What the whole server gives and takes by RTMP, and gives as FLV by HTTP and WebSocket. Cameras
/// are files, and nobody records them: they are pulled for the players alone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class FlvOutTest {
    private static final String BUDIS_PASSWORD = "another long password 2";
    private final AtomicInteger pulls = new AtomicInteger();
    @TempDir private Path folder;
    private WholeServer server;
    private String admin;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        StreamOpener files =
                (source, _, _) -> {
                    pulls.incrementAndGet();
                    var clip = GoldenMedia.valueOf(source.url().getPath().substring(1));
                    return OpenedStream.of(new FilePlayer(clip.path()));
                };
        server = new WholeServer(home, files);
        admin = server.adminToken();
        for (String id : List.of("gate", "yard", "shed")) {
            add(
                    """
                    {"id": "%s", "name": "%s", "main": {"url": "rtsp://192.0.2.1/H264_AAC"},
                     "sub": {"url": "rtsp://192.0.2.1/H264_SMALL"}, "recording": {"mode": "off"}}
                    """
                            .formatted(id, id));
        }
        add(
                """
                {"id": "drone", "name": "Drone", "main": {"url": "publish://"},
                 "recording": {"mode": "continuous", "segmentMs": 5000}}
                """);
        Set<String> cameras = Set.of("gate");
        server.server()
                .bean(Accounts.class)
                .add(
                        "budi",
                        BUDIS_PASSWORD,
                        Role.OPERATOR,
                        new CameraRights.Only(cameras),
                        Language.ID);
    }

    private void add(String camera) throws Exception {
        var answer = server.send(admin, "POST", "/api/v1/cameras", camera);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String rtmp(String path) {
        return "rtmp://127.0.0.1:%d/live/%s".formatted(server.server().rtmpPort(), path);
    }

    private String http(String path) {
        return "http://127.0.0.1:%d/flv/%s".formatted(server.server().port(), path);
    }

    private String ticket(String camera, String body) throws Exception {
        var answer = server.send(admin, "POST", "/api/v1/cameras/" + camera + "/tickets", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return "?ticket=" + answer.json().get("ticket").stringValue();
    }

    private String streamPassword(String username) {
        return server.server().bean(StreamPasswords.class).find(username).orElseThrow().password();
    }

    /// @return what ffmpeg says; nothing when it is content
    private static String play(String url) throws Exception {
        return FfmpegProgram.load()
                .run(
                        List.of("-v", "warning", "-i", url, "-t", "1", "-f", "null", "-"),
                        Duration.ofSeconds(30))
                .text();
    }

    @Test
    void aTicketPlaysByRtmp() throws Exception {
        assertThat(play(rtmp("gate" + ticket("gate", "{\"protocol\": \"rtmp\"}")))).isEmpty();
        assertThat(play(rtmp("gate/sub" + ticket("gate", "{}")))).isEmpty();
    }

    @Test
    void bothPasswordsOfAUserPlayByRtmp() throws Exception {
        String login = "?user=budi&pass=";
        assertThat(play(rtmp("gate/main" + login + streamPassword("budi")))).isEmpty();
        assertThat(play(rtmp("gate/sub" + login + BUDIS_PASSWORD.replace(" ", "%20")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "sub"})
    void aTicketPlaysByHttp(String stream) throws Exception {
        String ticket = ticket("gate", "{\"protocol\": \"flv\"}");
        assertThat(play(http("gate/" + stream + ".flv" + ticket))).isEmpty();
    }

    @Test
    void aCameraNobodyRecordsIsPulledOnceForAllItsPlayers() throws Exception {
        int before = pulls.get();
        assertThat(play(rtmp("yard" + ticket("yard", "{}")))).isEmpty();
        assertThat(play(http("yard/main.flv" + ticket("yard", "{}")))).isEmpty();
        assertThat(pulls.get()).isEqualTo(before + 1);
        FlvSources sources = server.server().bean(FlvSources.class);
        Eventually.await("nobody plays", () -> sources.shared().size() == 0);
    }

    @Test
    void nothingIsPlayedWithoutACredentialThatIsGoodForIt() throws Exception {
        int before = pulls.get();
        for (String query :
                List.of(
                        "",
                        ticket("gate", "{}"),
                        ticket("shed", "{\"protocol\": \"hls\"}"),
                        "?ticket=x",
                        "?user=budi&pass=wrong")) {
            assertThat(play(rtmp("shed" + query))).as(query).contains("Not allowed.");
            assertThat(play(http("shed/main.flv" + query))).containsPattern("40[14]");
        }
        String budi = "?user=budi&pass=" + streamPassword("budi");
        assertThat(play(rtmp("shed" + budi))).contains("No such stream.");
        assertThat(play(rtmp("none" + budi))).contains("No such stream.");
        assertThat(server.get(null, "/flv/shed/main.flv").status()).isEqualTo(401);
        assertThat(server.get(admin, "/flv/none/main.flv").status()).isEqualTo(404);
        assertThat(server.get(admin, "/flv/shed/third.flv").status()).isEqualTo(404);
        assertThat(server.get(admin, "/flv/drone/sub.flv").status()).isEqualTo(404);
        assertThat(pulls.get()).as("nobody's camera was pulled for them").isEqualTo(before);
    }

    @Test
    void whoLosesTheRightIsCutOff() throws Exception {
        String token = server.token("budi", BUDIS_PASSWORD);
        try (HttpClient client = HttpClient.newHttpClient()) {
            InputStream stream = open(client, token, "gate/main.flv");
            var reader = new FlvReader(stream, 1 << 20);
            assertThat(reader.next()).isPresent();
            setCamerasOfBudi("[]");
            int tags = rest(reader);
            assertThat(tags).isPositive();
            String newToken = server.token("budi", BUDIS_PASSWORD);
            assertThat(server.get(newToken, "/flv/gate/main.flv").status()).isEqualTo(404);
        } finally {
            setCamerasOfBudi("[\"gate\"]");
        }
    }

    private void setCamerasOfBudi(String cameras) throws Exception {
        String body = "{\"cameras\": %s}".formatted(cameras);
        var answer = server.send(admin, "PATCH", "/api/v1/users/budi", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void whoWatchesACameraThatIsDeletedIsTold() throws Exception {
        add(
                """
                {"id": "gone", "name": "Gone", "main": {"url": "rtsp://192.0.2.1/H264_SMALL"},
                 "recording": {"mode": "off"}}
                """);
        try (HttpClient client = HttpClient.newHttpClient()) {
            var reader = new FlvReader(open(client, admin, "gone/main.flv"), 1 << 20);
            assertThat(reader.next()).isPresent();
            server.send(admin, "DELETE", "/api/v1/cameras/gone", null);
            assertThat(rest(reader)).isPositive();
        }
    }

    private InputStream open(HttpClient client, String token, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(http(path)))
                        .header("Authorization", "Bearer " + token)
                        .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("video/x-flv");
        return answer.body();
    }

    /// Reads to the regular end.
    private static int rest(FlvReader reader) throws Exception {
        int tags = 0;
        while (reader.next().isPresent()) {
            tags++;
        }
        return tags;
    }

    @Test
    void aWebSocketGetsTheHeaderAndThenATagAMessage() throws Exception {
        var pictures = new CompletableFuture<Integer>();
        WebSocket socket =
                server.webSocket(
                        null,
                        "/flv/gate/main.flv" + ticket("gate", "{}"),
                        new WebSocket.Listener() {
                            private int messages;
                            private int seen;

                            @Override
                            public CompletionStage<?> onBinary(
                                    WebSocket from, ByteBuffer bytes, boolean last) {
                                boolean header = messages++ == 0;
                                if (header && bytes.getInt(0) >>> 8 != 0x46_4c_56) {
                                    pictures.completeExceptionally(new AssertionError("no FLV"));
                                } else if (!header && bytes.get(0) == FlvTag.Kind.VIDEO.type()) {
                                    seen++;
                                }
                                if (seen == 10) {
                                    pictures.complete(seen);
                                }
                                from.request(1);
                                return CompletableFuture.completedFuture(null);
                            }
                        });
        assertThat(pictures.get(20, TimeUnit.SECONDS)).isEqualTo(10);
        socket.abort();
    }

    @Test
    void aWebSocketToACameraThatIsAwayIsClosedForLater() throws Exception {
        var closed = new CompletableFuture<Integer>();
        WebSocket socket =
                server.webSocket(
                        admin,
                        "/flv/drone/main.flv",
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onClose(
                                    WebSocket from, int code, String reason) {
                                closed.complete(code);
                                return CompletableFuture.completedFuture(null);
                            }
                        });
        assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(1013);
        socket.abort();
        assertThat(server.get(admin, "/flv/drone/main.flv").status()).isEqualTo(503);
    }

    @Test
    void whatIsPushedByRtmpIsRecordedAndItsPublisherMayVanish() throws Exception {
        String key = camera("drone").get("streamKey").stringValue();
        Instant from = Instant.now();
        Process publisher = publish(rtmp("drone?key=" + key));
        try {
            Eventually.await("it streams", () -> phase("drone").equals("streaming"));
            assertThat(play(rtmp("drone" + ticket("drone", "{}")))).isEmpty();
            String range = "?from=%s&until=%s".formatted(from, from.plusSeconds(3600));
            Eventually.await(
                    "a segment is closed",
                    Duration.ofSeconds(30),
                    () -> get("/api/v1/cameras/drone/recordings" + range).size() > 1);

            publisher.destroyForcibly();
            Eventually.await("it waits", () -> phase("drone").equals("waiting"));
            assertThat(camera("drone").at("/state/main/reason").stringValue())
                    .isEqualTo("CONNECTION_LOST");
            var export = server.get(admin, "/api/v1/cameras/drone/export" + range);
            assertThat(export.status()).isEqualTo(200);
            Path clip = Files.write(folder.resolve("clip.mp4"), export.response().body());
            assertThat(play(clip.toString())).isEmpty();
        } finally {
            publisher.destroyForcibly();
        }
        Process next = publish(rtmp(key)); // the key alone, as OBS has it
        try {
            Eventually.await("it streams again", () -> phase("drone").equals("streaming"));
        } finally {
            next.destroyForcibly();
        }
        Eventually.await("it waits again", () -> phase("drone").equals("waiting"));
        assertThat(FfmpegProgram.tailOf(publish(rtmp("drone?key=wrong"))))
                .contains("no stream is published with this name and key");
        Process misplaced = publish(rtmp("gate?key=" + key));
        assertThat(FfmpegProgram.tailOf(misplaced)).contains("no stream is published");
    }

    /// Loops a clip in real time.
    private static Process publish(String url) throws Exception {
        return FfmpegProgram.load()
                .start(
                        List.of(
                                "-nostdin",
                                "-v",
                                "warning",
                                "-re",
                                "-stream_loop",
                                "-1",
                                "-i",
                                GoldenMedia.H264_AAC.path().toString(),
                                "-c",
                                "copy",
                                "-f",
                                "flv",
                                url));
    }

    private JsonNode camera(String id) {
        return get("/api/v1/cameras/" + id);
    }

    private String phase(String id) {
        return camera(id).at("/state/main/phase").stringValue();
    }

    private JsonNode get(String path) {
        try {
            return server.get(admin, path).json();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
