package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.server.web.LiveOverHttpTest.Viewer;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.vision.FfmpegProgram;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Cameras converted for browsers, through the whole server and its real worker process.
@Timeout(120)
class TranscodeOverHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir private Path home;
    private WholeServer server;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        server =
                new WholeServer(
                        home.resolve("home"),
                        (source, _, _) ->
                                OpenedStream.of(
                                        new FilePlayer(
                                                GoldenMedia.valueOf(
                                                                source.url().getPath().substring(1))
                                                        .path())));
        admin = server.adminToken();
        server.addCamera(admin, "hevc", "rtsp://192.0.2.1/H265_B_FRAMES");
        server.addCamera(admin, "loud", "rtsp://192.0.2.1/H264_AAC");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void allow(int transcodes) throws Exception {
        var answer =
                server.send(
                        admin,
                        "PATCH",
                        "/api/v1/settings",
                        "{\"liveTranscodes\": %d}".formatted(transcodes));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private record Watching(Viewer viewer, WebSocket socket) {
        JsonNode text(String type) {
            return viewer.texts.stream()
                    .filter(text -> text.get("type").stringValue().equals(type))
                    .reduce((_, last) -> last)
                    .orElse(WholeServer.JSON.createObjectNode());
        }

        String reason() {
            return text("state").path("reason").stringValue("");
        }

        void awaitFragments(int count) throws InterruptedException {
            Eventually.await("fragments come", PATIENCE, () -> viewer.binaries.size() > count);
        }
    }

    private Watching watch(String camera) {
        var viewer = new Viewer();
        String path = "/api/v1/cameras/%s/live/transcode".formatted(camera);
        return new Watching(viewer, server.webSocket(admin, path, viewer));
    }

    private JsonNode health() {
        try {
            return server.get(admin, "/api/v1/health").json().get("transcodes");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode state(String camera) throws Exception {
        return server.get(admin, "/api/v1/cameras/" + camera).json().get("state");
    }

    @Test
    void untilItIsAllowedThereIsNoSuchStream() throws Exception {
        assertThat(watch("hevc").viewer().closed.get()).isEqualTo(4404);
        assertThat(server.get(admin, "/hls/hevc/transcode/index.m3u8").status()).isEqualTo(404);
        assertThat(state("hevc").has("transcode")).isFalse();
        assertThat(health().get("limit").intValue()).isZero();
    }

    @Test
    void h265BecomesH264ForHoweverManyBrowsersAtOnce() throws Exception {
        allow(1);
        assertThat(state("hevc").at("/transcode/phase").stringValue()).isEqualTo("idle");
        Watching first = watch("hevc");
        Watching second = watch("hevc");
        first.awaitFragments(40);
        second.awaitFragments(10);
        assertThat(first.text("init").get("mime").stringValue())
                .startsWith("video/mp4; codecs=\"avc1.42");
        assertThat(first.text("init").at("/format/video/codec").stringValue()).isEqualTo("H264");
        assertThat(state("hevc").at("/transcode/viewers").intValue()).isEqualTo(2);
        assertThat(health().get("running").intValue()).isEqualTo(1);
        assertThat(decodedPictures(first.viewer().binaries)).isGreaterThan(30);
        assertThat(server.get(admin, "/hls/hevc/transcode/index.m3u8").body())
                .startsWith("#EXTM3U");
        assertThat(server.get(admin, "/metrics").body()).contains("pantau_transcodes 1.0");
    }

    @Test
    void theCamerasSoundStaysWithThePicture() throws Exception {
        allow(1);
        Watching viewer = watch("loud");
        viewer.awaitFragments(20);
        assertThat(viewer.text("init").get("mime").stringValue()).contains("mp4a.40.2");
    }

    @Test
    void oneTooManyIsToldWhyAndLessIsShedAtOnce() throws Exception {
        allow(1);
        Watching first = watch("hevc");
        first.awaitFragments(5);
        Watching second = watch("loud");
        Eventually.await("it is told", () -> second.reason().equals("TRANSCODE_REFUSED"));
        assertThat(second.text("state").get("detail").stringValue()).contains("as may be (1)");
        assertThat(health().get("refused").intValue()).isPositive();

        allow(0);
        Eventually.await("it is shed", () -> first.reason().equals("TRANSCODE_REFUSED"));
        assertThat(health().get("running").intValue()).isZero();
    }

    private int decodedPictures(List<byte[]> parts) throws Exception {
        var whole = new ByteArrayOutputStream();
        parts.forEach(whole::writeBytes);
        Path clip = home.resolve("live.mp4");
        Files.write(clip, whole.toByteArray());
        Path sums = home.resolve("live.md5");
        var outcome =
                FfmpegProgram.load()
                        .run(
                                List.of(
                                        "-v",
                                        "error",
                                        "-i",
                                        clip.toString(),
                                        "-map",
                                        "0:v",
                                        "-f",
                                        "framemd5",
                                        sums.toString()),
                                Duration.ofSeconds(30));
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        assertThat(outcome.text()).isEmpty();
        return (int)
                Files.readAllLines(sums).stream().filter(line -> !line.startsWith("#")).count();
    }
}
