package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import id.pantau.media.StreamEnd;
import id.pantau.media.flv.FlvSource;
import id.pantau.media.rtmp.RtmpPush;
import id.pantau.media.rtmp.RtmpPushTarget;
import id.pantau.media.rtmp.RtmpServerSettings;
import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a real nginx with its RTMP module makes of our push.
@Timeout(90)
class RtmpPushToNginxTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");

    @TempDir Path folder;

    @Test
    void nginxTakesAPushAndPlaysItAndItsEndIsNoticed() throws Exception {
        assumeTrue(Files.exists(NGINX) && Files.exists(MODULE), "no nginx with its RTMP module");
        int port = freePort();
        Process nginx = nginx(port);
        try (var stage = new RtmpStage(RtmpServerSettings.loopback())) {
            stage.publish(GoldenMedia.H264_AAC, stage.publishUrl("cam1"));
            Eventually.await(
                    "the stream carries something",
                    () ->
                            stage.hubs.containsKey("cam1")
                                    && Objects.requireNonNull(stage.hubs.get("cam1"))
                                            .format()
                                            .isPresent());
            URI url = URI.create("rtmp://127.0.0.1:%d/live/pushed".formatted(port));
            var push =
                    new RtmpPush(
                            RtmpPushTarget.of(url, RtmpPushTarget.Trust.AUTHORITIES),
                            RtmpPush.Timeouts.DEFAULT,
                            4 << 20);
            var end = new LinkedBlockingQueue<StreamEnd>();
            Thread pusher =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    FlvSource source =
                                            FlvSource.of(
                                                    Objects.requireNonNull(stage.hubs.get("cam1")));
                                    end.add(push.run(stage.streams, "cam1", source, () -> {}));
                                } catch (InterruptedException e) {
                                    throw new AssertionError(e);
                                }
                            });
            Eventually.await("media goes out", () -> push.sentBytes() > 100_000);

            var played =
                    FfmpegProgram.load()
                            .run(
                                    List.of(
                                            "-v", "error", "-i", url + "", "-t", "1.5", "-f",
                                            "null", "-"),
                                    Duration.ofSeconds(30));
            assertThat(played.text()).isEmpty();
            assertThat(played.exitCode()).isZero();

            nginx.destroyForcibly().waitFor();
            nginx.descendants().forEach(ProcessHandle::destroyForcibly);
            assertThat(end.poll(20, TimeUnit.SECONDS).reason())
                    .isEqualTo(StreamEnd.Reason.CONNECTION_LOST);
            pusher.join();
        } finally {
            nginx.destroyForcibly();
        }
    }

    /// In one process, so that killing it is killing all of it.
    private Process nginx(int port) throws Exception {
        String configuration =
                """
                load_module %s;
                daemon off;
                master_process off;
                pid %s/nginx.pid;
                error_log %s/error.log warn;
                events { worker_connections 64; }
                rtmp { server { listen 127.0.0.1:%d; application live { live on; } } }
                """
                        .formatted(MODULE, folder, folder, port);
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration);
        Process process =
                new ProcessBuilder(
                                NGINX + "", "-e", folder.resolve("error.log") + "", "-c", file + "")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said.log").toFile())
                        .start();
        Eventually.await("nginx listens", () -> isListening(port));
        return process;
    }

    private static boolean isListening(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
