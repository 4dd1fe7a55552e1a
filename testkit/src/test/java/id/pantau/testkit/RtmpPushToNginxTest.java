package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import id.pantau.media.StreamEnd;
import id.pantau.media.flv.FlvSource;
import id.pantau.media.rtmp.RtmpPush;
import id.pantau.media.rtmp.RtmpPushTarget;
import id.pantau.media.rtmp.RtmpServerSettings;
import id.pantau.vision.FfmpegProgram;
import java.net.URI;
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
    @TempDir Path folder;

    @Test
    void nginxTakesAPushAndPlaysItAndItsEndIsNoticed() throws Exception {
        assumeTrue(NginxRtmp.isInstalled(), "no nginx with its RTMP module");
        try (var nginx = NginxRtmp.start(folder);
                var stage = new RtmpStage(RtmpServerSettings.loopback())) {
            stage.publish(GoldenMedia.H264_AAC, stage.publishUrl("cam1"));
            Eventually.await(
                    "the stream carries something",
                    () ->
                            stage.hubs.containsKey("cam1")
                                    && Objects.requireNonNull(stage.hubs.get("cam1"))
                                            .format()
                                            .isPresent());
            URI url = nginx.url("pushed");
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

            nginx.kill();
            assertThat(end.poll(20, TimeUnit.SECONDS).reason())
                    .isEqualTo(StreamEnd.Reason.CONNECTION_LOST);
            pusher.join();
        }
    }
}
