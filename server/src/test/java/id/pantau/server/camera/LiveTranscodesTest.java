package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.mp4.Mp4File;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.vision.worker.WorkerCommand;
import id.pantau.vision.worker.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveTranscodesTest {
    private static final CameraId GATE = new CameraId("gate");

    @TempDir Path home;
    private final StreamHub hub = new StreamHub("gate/sub", StreamHub.CacheLimits.DEFAULT);
    private WorkerProcess worker;
    private LiveTranscodes transcodes;

    @BeforeEach
    void start() throws Exception {
        var command = WorkerCommand.ofClassPath(DyingWorker.class.getName(), List.of());
        worker = new WorkerProcess(command, home, RandomGenerator.getDefault());
        transcodes = new LiveTranscodes(worker, 1);
        try (Mp4File clip = Mp4File.open(GoldenMedia.H265_B_FRAMES.path())) {
            hub.accept(new StreamSignal.FormatChanged(clip.format()));
        }
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    private StreamEnd run(CameraId camera) throws InterruptedException {
        return transcodes.open(camera, () -> new StreamLease(hub, () -> {})).attempt().run(_ -> {});
    }

    private StreamEnd runWhenTheWorkerIsBack(CameraId camera) throws InterruptedException {
        var last = new AtomicReference<StreamEnd>();
        Eventually.await(
                "the worker is back",
                Duration.ofSeconds(30),
                () -> {
                    try {
                        last.set(run(camera));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return !last.get().detail().contains("started again in");
                });
        return last.get();
    }

    @Test
    void aCameraThatKillsTheWorkerThreeTimesInARowIsSetAsideUntilItIsSaved() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            StreamEnd end = runWhenTheWorkerIsBack(GATE);
            assertThat(end.reason()).isEqualTo(Reason.READER_DIED);
            assertThat(end.detail()).contains("This stream killed");
        }
        assertThat(run(GATE).reason()).isEqualTo(Reason.SET_ASIDE);
        assertThat(transcodes.figures().running()).isZero();

        transcodes.saved(new CameraId("yard"));
        assertThat(run(GATE).reason()).isEqualTo(Reason.SET_ASIDE);
        transcodes.saved(GATE);
        assertThat(runWhenTheWorkerIsBack(GATE).reason()).isEqualTo(Reason.READER_DIED);
    }

    @Test
    void aServerWithoutAWorkerConvertsNothing() throws Exception {
        transcodes = LiveTranscodes.none();
        assertThat(transcodes.isOn()).isFalse();
        assertThat(run(GATE).reason()).isEqualTo(Reason.TRANSCODE_REFUSED);
    }
}
