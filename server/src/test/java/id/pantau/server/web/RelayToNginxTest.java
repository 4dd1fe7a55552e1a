package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.NginxRtmp;
import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A relay to a real nginx-rtmp, through its death and return.
@Timeout(120)
class RelayToNginxTest {
    @TempDir private Path home;
    @TempDir private Path folder;

    @Test
    void whatNginxPlaysIsTheCameraAlsoAfterItCameBack() throws Exception {
        assumeTrue(NginxRtmp.isInstalled(), "no nginx with its RTMP module");
        try (var nginx = NginxRtmp.start(folder);
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
                    "/api/v1/relays",
                    "{\"camera\": \"gate\", \"url\": \"%s\"}".formatted(nginx.url("gate")));

            awaitPhase(server, admin, "pushing");
            pullsClean(nginx);
            nginx.kill();
            awaitPhase(server, admin, "waiting");
            nginx.restart();
            awaitPhase(server, admin, "pushing");
            pullsClean(nginx);
        }
    }

    private static void awaitPhase(WholeServer server, String token, String phase)
            throws InterruptedException {
        Eventually.await(
                "the relay is " + phase,
                Duration.ofSeconds(40),
                () -> relays(server, token).contains("\"phase\":\"" + phase));
    }

    private static String relays(WholeServer server, String token) {
        try {
            return server.get(token, "/api/v1/relays").body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Pictures and sound, decoded without a complaint.
    private static void pullsClean(NginxRtmp nginx) throws Exception {
        var played =
                FfmpegProgram.load()
                        .run(
                                List.of(
                                        "-v",
                                        "error",
                                        "-i",
                                        nginx.url("gate").toString(),
                                        "-t",
                                        "2",
                                        "-map",
                                        "0:v:0",
                                        "-map",
                                        "0:a:0",
                                        "-f",
                                        "null",
                                        "-"),
                                Duration.ofSeconds(30));
        assertThat(played.text()).isEmpty();
        assertThat(played.exitCode()).isZero();
    }
}
