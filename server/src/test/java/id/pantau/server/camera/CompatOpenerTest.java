package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.vision.worker.WorkerCommand;
import id.pantau.vision.worker.WorkerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The rules about streams that are read through FFmpeg, with a worker that dies of one of them.
@Timeout(120)
class CompatOpenerTest {
    private static final StreamSource DEADLY = source("rtmp://127.0.0.1/deadly");

    @TempDir Path home;
    private WorkerProcess worker;
    private CompatOpener opener;

    @BeforeEach
    void start() {
        var command = WorkerCommand.ofClassPath(DyingWorker.class.getName(), List.of());
        worker = new WorkerProcess(command, home, RandomGenerator.getDefault());
        opener = new CompatOpener(UrlRules.system(_ -> false), worker, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void whatKillsTheWorkerThreeTimesInARowIsSetAsideUntilItsCameraIsSaved() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            StreamEnd end = tryWhenTheWorkerIsBack();
            assertThat(end.reason()).isEqualTo(Reason.READER_DIED);
            assertThat(end.detail()).contains("This stream killed");
        }
        StreamEnd aside = pull(DEADLY);
        assertThat(aside.reason()).isEqualTo(Reason.SET_ASIDE);
        assertThat(aside.detail()).contains("3 times in a row");

        opener.cameraSet(camera(source("rtmp://127.0.0.1/another")));
        assertThat(pull(DEADLY).reason()).isEqualTo(Reason.SET_ASIDE);
        opener.cameraSet(camera(DEADLY));
        assertThat(tryWhenTheWorkerIsBack().reason()).isEqualTo(Reason.READER_DIED);
    }

    @Test
    void aNameThatNobodyKnowsIsSaidSoWithoutStartingAnything() throws Exception {
        StreamEnd end = pull(source("rtmp://no-such-host.invalid/live"));

        assertThat(end.reason()).isEqualTo(Reason.HOST_UNKNOWN);
        assertThat(worker.pid()).isEmpty();
    }

    @Test
    void theRulesAreAskedAgainAtEveryAttempt() throws Exception {
        var refusing =
                new CompatOpener(UrlRules.system(port -> port == 1935), worker, Clock.systemUTC());

        StreamEnd end = refusing.open(DEADLY, null, null).attempt().run(_ -> {});

        assertThat(end.reason()).isEqualTo(Reason.URL_REFUSED);
        assertThat(worker.pid()).isEmpty();
    }

    private StreamEnd tryWhenTheWorkerIsBack() throws InterruptedException {
        StreamEnd end;
        do {
            end = pull(DEADLY);
        } while (end.detail().contains("started again in"));
        return end;
    }

    private StreamEnd pull(StreamSource source) throws InterruptedException {
        return opener.open(source, "admin", new Secret("rahasia")).attempt().run(_ -> {});
    }

    private static StreamSource source(String url) {
        return new StreamSource(URI.create(url), StreamTransport.COMPAT);
    }

    private static Camera camera(StreamSource main) {
        return new Camera(
                new CameraId("cam1"),
                "Camera",
                true,
                main,
                null,
                "admin",
                new Secret("rahasia"),
                RecordingSettings.DEFAULT,
                null,
                List.of(),
                null,
                Instant.EPOCH);
    }
}
