package id.pantau.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.CameraDraft;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.StreamTransport;
import id.pantau.server.recording.RecordingControl;
import id.pantau.server.recording.RecordingState;
import id.pantau.testkit.CameraFarm;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `./pantau bench reconnect`.
class ReconnectTest {
    private static final int CAMERAS = 32;
    private static final int CONNECT_CAP = 8;
    private static final Duration RETURN = Duration.ofSeconds(30);

    @TempDir Path home;

    @Test
    void thirtyTwoCamerasThatDropTogetherAllRecordAgainWithoutAStorm() throws Exception {
        try (var farm = CameraFarm.start(CAMERAS, GoldenMedia.H264_SMALL, GoldenMedia.H264_SMALL);
                var server = TestServers.start(home, "kopi susu gula aren")) {
            var recording = server.bean(RecordingControl.class);
            for (int i = 1; i <= CAMERAS; i++) {
                server.bean(Cameras.class).add(draft(i, farm));
            }
            Eventually.await("all record", RETURN, () -> recording(recording) == CAMERAS);
            for (int round = 0; round < 2; round++) {
                int before = farm.connects().connects();
                farm.dropConnections();
                Eventually.await(
                        "all record again",
                        RETURN,
                        () ->
                                farm.connects().connects() - before >= CAMERAS
                                        && recording(recording) == CAMERAS);
            }
            assertThat(farm.connects().most()).isBetween(1, CONNECT_CAP);
        }
    }

    private static long recording(RecordingControl control) {
        return IntStream.rangeClosed(1, CAMERAS)
                .filter(i -> control.state("cam" + i).phase() == RecordingState.Phase.RECORDING)
                .count();
    }

    private static CameraDraft draft(int i, CameraFarm farm) {
        return new CameraDraft(
                "cam" + i,
                "Camera " + i,
                true,
                new CameraDraft.Stream(farm.url(i).toString(), StreamTransport.TCP),
                null,
                null,
                null,
                RecordingSettings.DEFAULT,
                null,
                List.of());
    }
}
