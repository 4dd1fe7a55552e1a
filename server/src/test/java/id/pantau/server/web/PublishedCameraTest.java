package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.PublishPoints;
import id.pantau.media.hub.PublishPoints.Answer;
import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// A camera that is pushed to us is a camera like any other; the publisher here is a thread.
class PublishedCameraTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.9", 4711);
    @TempDir private Path home;
    private WholeServer server;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        server =
                new WholeServer(
                        home,
                        (_, _, _) -> OpenedStream.of(new FilePlayer(GoldenMedia.H264_AAC.path())));
        admin = server.adminToken();
        var answer =
                server.send(
                        admin,
                        "POST",
                        "/api/v1/cameras",
                        """
                        {"id": "drone", "name": "Drone", "main": {"url": "publish://"},
                         "recording": {"mode": "continuous", "segmentMs": 5000}}
                        """);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode camera() throws Exception {
        return server.get(admin, "/api/v1/cameras/drone").json();
    }

    private String key() throws Exception {
        return camera().get("streamKey").stringValue();
    }

    private Answer open(String name, String key) {
        return server.server()
                .bean(PublishPoints.class)
                .open(new PublishPoints.Request(PublishPoints.Protocol.RTMP, name, key, PEER));
    }

    private static Thread play(Publication publication) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        new FilePlayer(GoldenMedia.H264_AAC.path()).run(publication::accept);
                    } catch (InterruptedException _) {
                        publication.close(
                                new StreamEnd(
                                        StreamEnd.Reason.CONNECTION_LOST, "the publisher is gone"));
                    }
                });
    }

    @Test
    void itWaitsForItsPublisherThenIsRecordedLikeAnyOther() throws Exception {
        assertThat(camera().at("/state/main/phase").stringValue()).isEqualTo("waiting");
        assertThat(camera().at("/state/main/reason").stringValue()).isEqualTo("NOT_PUBLISHED");
        Instant from = Instant.now();

        var opened = (Answer.Open) open("", key());
        Thread publisher = play(opened.publication());
        Eventually.await("it streams", () -> phase().equals("streaming"));
        String range = "?from=%s&until=%s".formatted(from, from.plusSeconds(3600));
        Eventually.await(
                "a segment is closed",
                Duration.ofSeconds(30),
                () -> get("/api/v1/cameras/drone/recordings" + range).size() > 1);

        publisher.interrupt();
        Eventually.await("it waits again", () -> phase().equals("waiting"));
        assertThat(camera().at("/state/main/reason").stringValue()).isEqualTo("CONNECTION_LOST");
        assertThat(opened.publication().isOpen()).isFalse();
    }

    @Test
    void onlyTheKeyOpensItAndOnlyForOneAtATime() throws Exception {
        String key = key();
        assertThat(refusal(open("drone", "wrong"))).isEqualTo(PublishPoints.Reason.UNAUTHORIZED);
        assertThat(refusal(open("drone", ""))).isEqualTo(PublishPoints.Reason.UNAUTHORIZED);
        assertThat(refusal(open("other", key))).isEqualTo(PublishPoints.Reason.UNAUTHORIZED);

        var first = (Answer.Open) open("drone", key);
        assertThat(refusal(open(key, ""))).isEqualTo(PublishPoints.Reason.BUSY);
        first.publication().close(new StreamEnd(StreamEnd.Reason.CLOSED_BY_CAMERA, "over"));
        var second = (Answer.Open) open(key, "");

        server.send(admin, "PATCH", "/api/v1/cameras/drone", "{\"enabled\": false}");
        assertThat(second.publication().isOpen()).isFalse();
        assertThat(refusal(open("drone", key))).isEqualTo(PublishPoints.Reason.DISABLED);
    }

    @Test
    void aNewKeyCutsTheOldPublisherOffAndSurvivesARestart() throws Exception {
        String old = key();
        var publication = ((Answer.Open) open("drone", old)).publication();
        var answer = server.send(admin, "POST", "/api/v1/cameras/drone/stream-key", null);
        String fresh = answer.json().get("streamKey").stringValue();
        assertThat(fresh).isNotEqualTo(old);
        assertThat(publication.isOpen()).isFalse();
        assertThat(refusal(open("drone", old))).isEqualTo(PublishPoints.Reason.UNAUTHORIZED);

        server.close();
        server =
                new WholeServer(
                        home,
                        (_, _, _) -> {
                            throw new AssertionError("a published camera is not pulled");
                        });
        admin = server.adminToken();
        assertThat(key()).isEqualTo(fresh);
        assertThat(open("drone", fresh)).isInstanceOf(Answer.Open.class);
    }

    @Test
    void aPublisherThatFallsSilentLosesItsPlace() throws Exception {
        var silent = (Answer.Open) open("drone", key());
        Eventually.await(
                "it is cut off", Duration.ofSeconds(20), () -> !silent.publication().isOpen());
        assertThat(camera().at("/state/main/reason").stringValue()).isEqualTo("STALLED");
        assertThat(open("drone", key())).isInstanceOf(Answer.Open.class);
    }

    private static PublishPoints.Reason refusal(Answer answer) {
        return ((Answer.Refused) answer).reason();
    }

    private String phase() {
        return get("/api/v1/cameras/drone").at("/state/main/phase").stringValue();
    }

    private JsonNode get(String path) {
        try {
            return server.get(admin, path).json();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, rtsp://127.0.0.1:%1$d/drone?key=%2$s",
        "udp, rtsp://127.0.0.1:%1$d/drone?key=%2$s",
        "tcp, rtsp://encoder:%2$s@127.0.0.1:%1$d/drone"
    })
    void whatIsPushedByRtspIsThisCamera(String transport, String address) throws Exception {
        String key = key();
        String url = address.formatted(server.server().rtspPort(), key);
        List<String> arguments =
                List.of(
                        "-v",
                        "warning",
                        "-re",
                        "-i",
                        GoldenMedia.H264_AAC.path().toString(),
                        "-c",
                        "copy",
                        "-f",
                        "rtsp",
                        "-rtsp_transport",
                        transport,
                        url);
        var publisher =
                CompletableFuture.supplyAsync(() -> ffmpeg(arguments), Thread::startVirtualThread);
        Eventually.await("it streams", Duration.ofSeconds(20), () -> phase().equals("streaming"));
        FfmpegProgram.Outcome outcome = publisher.get(30, TimeUnit.SECONDS);
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        Eventually.await("it is over", () -> !phase().equals("streaming"));
        String refused = ffmpeg(replaced(arguments, url.replace(key, "wrong"))).text();
        assertThat(refused).contains("401");
    }

    private static List<String> replaced(List<String> arguments, String url) {
        List<String> others = new ArrayList<>(arguments);
        others.set(others.size() - 1, url);
        return others;
    }

    private static FfmpegProgram.Outcome ffmpeg(List<String> arguments) {
        try {
            return FfmpegProgram.load().run(arguments, Duration.ofSeconds(30));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
