package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.vision.FfmpegProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Players whose user may not see the camera any more, while they play.
@Timeout(120)
class LostRightTest {
    private static final String PASSWORD = "another long password 2";

    @TempDir private Path home;

    @Test
    void playersByRtspAndRtmpAreCutOffAndOthersGoOn() throws Exception {
        try (var players = Executors.newVirtualThreadPerTaskExecutor();
                var server =
                        new WholeServer(
                                home,
                                (_, _, _) ->
                                        OpenedStream.of(
                                                new FilePlayer(GoldenMedia.H264_AAC.path())))) {
            String admin = server.adminToken();
            server.addCamera(admin, "gate", "rtsp://192.0.2.1/");
            server.create(
                    admin,
                    "/api/v1/users",
                    "{\"username\": \"budi\", \"password\": \"%s\", \"cameras\": [\"gate\"]}"
                            .formatted(PASSWORD));
            String rtsp = "rtsp://%s@127.0.0.1:%d/gate/main";
            String rtmp = "rtmp://127.0.0.1:%d/live/gate?user=%s&pass=%s";
            int rtspPort = server.server().rtspPort();
            int rtmpPort = server.server().rtmpPort();
            String budis = streamPassword(server, server.token("budi", PASSWORD));
            String admins = streamPassword(server, admin);
            var byRtsp = play(players, rtsp.formatted("budi:" + budis, rtspPort));
            var byRtmp = play(players, rtmp.formatted(rtmpPort, "budi", budis));
            var another = play(players, rtsp.formatted("admin:" + admins, rtspPort));
            // both RTSP players share one hold on the stream
            Eventually.await("they watch", Duration.ofSeconds(30), () -> viewers(server) == 2);
            assertThat(byRtsp).isNotDone();
            assertThat(byRtmp).isNotDone();

            assertThat(server.send(admin, "PATCH", "/api/v1/users/budi", "{\"cameras\": []}"))
                    .extracting(WholeServer.Answer::status)
                    .isEqualTo(200);
            byRtsp.get(20, TimeUnit.SECONDS);
            byRtmp.get(20, TimeUnit.SECONDS);
            assertThat(another).isNotDone();
        }
    }

    /// Ends when the player ends, which it does not by itself.
    private static CompletableFuture<Integer> play(Executor on, String url) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return FfmpegProgram.load()
                                .run(
                                        List.of("-v", "error", "-i", url, "-f", "null", "-"),
                                        Duration.ofMinutes(1))
                                .exitCode();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                on);
    }

    private static int viewers(WholeServer server) {
        try {
            JsonNode state =
                    server.get(server.adminToken(), "/api/v1/cameras/gate")
                            .json()
                            .at("/state/main/viewers");
            return state.intValue();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String streamPassword(WholeServer server, String token) throws Exception {
        return server.get(token, "/api/v1/auth/stream-password")
                .json()
                .get("password")
                .stringValue();
    }
}
