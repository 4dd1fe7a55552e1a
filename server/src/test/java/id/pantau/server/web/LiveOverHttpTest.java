package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.mp4.RecordedFile;
import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.server.camera.StreamOpener;
import id.pantau.server.identity.Accounts;
import id.pantau.server.identity.CameraRights;
import id.pantau.server.identity.Language;
import id.pantau.server.identity.Role;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Live, recorded and exported media through the whole server; only the camera is a file.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveOverHttpTest {
    private WholeServer server;
    private String admin;
    private Path scratch;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        scratch = Files.createDirectories(home.resolve("scratch"));
        server = new WholeServer(home.resolve("home"), FILES);
        admin = server.adminToken();
        add("cam-aac", GoldenMedia.H264_AAC);
        add("cam-g711", GoldenMedia.H264_PCMA);
    }

    /// `rtsp://192.0.2.1/H264_AAC` plays that clip.
    private static final StreamOpener FILES =
            (source, _, _) -> {
                String clip = source.url().getPath().substring(1);
                return OpenedStream.of(new FilePlayer(GoldenMedia.valueOf(clip).path()));
            };

    @AfterAll
    void stop() {
        server.close();
    }

    private void add(String id, GoldenMedia clip) throws Exception {
        var answer =
                server.send(
                        admin,
                        "POST",
                        "/api/v1/cameras",
                        """
                        {"id": "%s", "name": "%s", "main": {"url": "rtsp://192.0.2.1/%s"},
                         "sub": {"url": "rtsp://192.0.2.1/H264_SMALL"},
                         "recording": {"mode": "continuous", "segmentMs": 5000}}
                        """
                                .formatted(id, id, clip));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    /// Collects what a live WebSocket sends.
    static final class Viewer implements WebSocket.Listener {
        final List<JsonNode> texts = new CopyOnWriteArrayList<>();
        final List<byte[]> binaries = new CopyOnWriteArrayList<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                if (!text.toString().equals("pong")) {
                    texts.add(WholeServer.JSON.readTree(text.toString()));
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket socket, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            binary.writeBytes(bytes);
            if (last) {
                binaries.add(binary.toByteArray());
                binary.reset();
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }

        List<String> types() {
            return texts.stream().map(text -> text.get("type").stringValue()).toList();
        }
    }

    private Viewer watch(String path) throws Exception {
        var viewer = new Viewer();
        server.webSocket(admin, path, viewer);
        return viewer;
    }

    private RecordedFile parse(byte[] mp4) throws Exception {
        Path file = Files.createTempFile(scratch, "read", ".mp4");
        Files.write(file, mp4);
        try (SeekableByteChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return RecordedFile.read(channel);
        }
    }

    private static byte[] concat(List<byte[]> parts) {
        var whole = new ByteArrayOutputStream();
        parts.forEach(whole::writeBytes);
        return whole.toByteArray();
    }

    @Test
    void aLiveViewerGetsAnInitSegmentAndFragmentsThatBeginWithAKeyFrame() throws Exception {
        Viewer viewer = watch("/api/v1/cameras/cam-aac/live/main");
        Eventually.await("fragments come", () -> viewer.binaries.size() > 30);
        JsonNode init =
                viewer.texts.stream()
                        .filter(text -> text.get("type").stringValue().equals("init"))
                        .findFirst()
                        .orElseThrow();
        assertThat(init.get("mime").stringValue())
                .startsWith("video/mp4; codecs=\"avc1.")
                .contains("mp4a.40.2");
        assertThat(init.get("format").get("video").get("widthPx").intValue()).isEqualTo(640);
        RecordedFile file = parse(concat(viewer.binaries));
        assertThat(file.fragments()).hasSizeGreaterThan(25);
        assertThat(file.fragments().getFirst().keyFrame()).isTrue();
        Eventually.await(
                "stats and time are told",
                () -> viewer.types().contains("stats") && viewer.types().contains("time"));
    }

    @Test
    void g711ArrivesAsFlac() throws Exception {
        Viewer viewer = watch("/api/v1/cameras/cam-g711/live/main");
        Eventually.await("fragments come", () -> viewer.binaries.size() > 20);
        assertThat(viewer.texts.stream().map(JsonNode::toString))
                .anyMatch(text -> text.contains("flac") && text.contains("PCMA"));
        RecordedFile file = parse(concat(viewer.binaries));
        assertThat(file.format().audio()).isNotNull();
    }

    @Test
    void aSubStreamIsPulledWhenSomebodyWatches() throws Exception {
        JsonNode before = server.get(admin, "/api/v1/cameras/cam-aac").json();
        assertThat(before.get("state").get("sub").get("phase").stringValue()).isEqualTo("idle");
        Viewer viewer = watch("/api/v1/cameras/cam-aac/live/sub");
        Eventually.await("fragments come", () -> viewer.binaries.size() > 5);
        JsonNode watched = server.get(admin, "/api/v1/cameras/cam-aac").json();
        assertThat(watched.get("state").get("sub").get("viewers").intValue()).isEqualTo(1);
    }

    @Test
    void whoMayNotSeeTheCameraIsClosedWith4404AndAnonymousWith4401() throws Exception {
        server.server()
                .bean(Accounts.class)
                .add(
                        "budi",
                        "another long password 2",
                        Role.OPERATOR,
                        new CameraRights.Only(Set.of("cam-g711")),
                        Language.ID);
        String budi = server.token("budi", "another long password 2");
        var refused = new Viewer();
        server.webSocket(budi, "/api/v1/cameras/cam-aac/live/main", refused);
        assertThat(refused.closed.get()).isEqualTo(4404);
        var anonymous = new Viewer();
        server.webSocket(null, "/api/v1/cameras/cam-aac/live/main", anonymous);
        assertThat(anonymous.closed.get()).isEqualTo(4401);
        var allowed = new Viewer();
        server.webSocket(budi, "/api/v1/cameras/cam-g711/live/main", allowed);
        Eventually.await("fragments come", () -> allowed.binaries.size() > 3);

        server.server().bean(Accounts.class).remove("budi");
        assertThat(allowed.closed.get(15, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(4404);
    }

    @Test
    void removingACameraEndsItsViewers() throws Exception {
        add("cam-gone", GoldenMedia.H264_SMALL);
        Viewer viewer = watch("/api/v1/cameras/cam-gone/live/main");
        Eventually.await("fragments come", () -> viewer.binaries.size() > 3);
        assertThat(server.send(admin, "DELETE", "/api/v1/cameras/cam-gone", null).status())
                .isEqualTo(204);
        assertThat(viewer.closed.get(10, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(4404);
    }

    @Test
    void aDisabledCameraSaysSoToItsViewersAndComesBackToTheSameSocket() throws Exception {
        add("cam-off", GoldenMedia.H264_SMALL);
        Viewer viewer = watch("/api/v1/cameras/cam-off/live/main");
        Eventually.await("fragments come", () -> viewer.binaries.size() > 3);
        server.send(admin, "PATCH", "/api/v1/cameras/cam-off", "{\"enabled\": false}");
        Eventually.await("the state is told", () -> viewer.types().contains("state"));
        int before = viewer.binaries.size();
        server.send(admin, "PATCH", "/api/v1/cameras/cam-off", "{\"enabled\": true}");
        Eventually.await("fragments come again", () -> viewer.binaries.size() > before + 5);
        assertThat(viewer.types().stream().filter("init"::equals).count()).isEqualTo(2);
    }

    @Test
    void whatWasRecordedPlaysBackAndExports() throws Exception {
        String base = "/api/v1/cameras/cam-g711";
        Instant from = Instant.now().minusSeconds(3600);
        String range = "?from=" + from + "&until=" + Instant.now().plusSeconds(3600);
        Eventually.await(
                "a segment is closed and another begun",
                Duration.ofSeconds(40),
                () -> recordings(base + "/recordings" + range) >= 2);

        var playlist = server.get(admin, base + "/playback/index.m3u8" + range);
        assertThat(playlist.status()).as(playlist.body()).isEqualTo(200);
        List<String> lines = playlist.body().lines().toList();
        assertThat(lines).contains("#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-ENDLIST");
        assertThat(playlist.body()).contains("#EXT-X-PROGRAM-DATE-TIME:", "#EXT-X-DISCONTINUITY");
        String map =
                lines.stream()
                        .filter(line -> line.startsWith("#EXT-X-MAP"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll(".*URI=\"([^\"]*)\".*", "$1");
        String run = lines.stream().filter(line -> line.contains(".m4s")).findFirst().orElseThrow();
        var init = server.get(admin, base + "/playback/" + map);
        var media = server.get(admin, base + "/playback/" + run);
        assertThat(init.status()).isEqualTo(200);
        assertThat(media.status()).as(media.body().substring(0, 20)).isEqualTo(200);
        RecordedFile played =
                parse(concat(List.of(init.response().body(), media.response().body())));
        assertThat(played.fragments()).isNotEmpty();
        assertThat(played.fragments().getFirst().keyFrame()).isTrue();

        var export = server.get(admin, base + "/export" + range);
        assertThat(export.status()).isEqualTo(200);
        String exact = export.response().headers().firstValue("X-Pantau-Range").orElseThrow();
        Instant start = Instant.parse(exact.split("/")[0]);
        Instant end = Instant.parse(exact.split("/")[1]);
        assertThat(Duration.between(start, end)).isGreaterThan(Duration.ofSeconds(3));
        RecordedFile clip = parse(export.response().body());
        Duration length =
                clip.fragments().stream()
                        .map(RecordedFile.Entry::duration)
                        .reduce(Duration.ZERO, Duration::plus);
        assertThat(length)
                .isBetween(
                        Duration.between(start, end).minusMillis(500),
                        Duration.between(start, end).plusMillis(500));

        var none =
                server.get(
                        admin,
                        base + "/export?from=2001-01-01T00:00:00Z&until=2001-01-01T01:00:00Z");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.json().get("code").stringValue()).isEqualTo("recording.none");
    }

    private int recordings(String path) {
        try {
            return server.get(admin, path).json().size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void factsAreToldAsTheyHappen() throws Exception {
        var listener = new Viewer();
        server.webSocket(admin, "/api/v1/live/events", listener);
        add("cam-facts", GoldenMedia.H264_SMALL);
        Eventually.await("a state is told", () -> listener.types().contains("camera.state"));
        Eventually.await(
                "a segment is told",
                Duration.ofSeconds(30),
                () -> listener.types().contains("segment.closed"));
    }
}
