package id.pantau.vision.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.StreamEnd.Reason;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The life and death of the worker process.
@Timeout(120)
class WorkerProcessTest {
    private static final PullRequest WAIT = PullRequest.of("wait:", null, null);
    private static final PullRequest CRASH = PullRequest.of("crash:", null, null);

    @TempDir Path home;

    @Test
    void itStartsWithTheFirstJobAndEndsWithTheServer() throws Exception {
        ProcessHandle process;
        try (var worker = worker()) {
            assertThat(worker.pid()).isEmpty();
            try (WorkerJob _ = worker.open(WAIT)) {
                process = ProcessHandle.of(worker.pid().orElseThrow()).orElseThrow();
                assertThat(process.isAlive()).isTrue();
            }
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(home.resolve("worker")).doesNotExist();
    }

    @Test
    void killedInTheMiddleItEndsItsJobsAndTheNextOneWorks() throws Exception {
        try (var worker = worker()) {
            try (WorkerJob first = worker.open(WAIT);
                    WorkerJob second = worker.open(WAIT)) {
                kill(worker);
                for (WorkerJob job : List.of(first, second)) {
                    Pulled pulled = Pulled.of(job);
                    assertThat(pulled.end().reason()).isEqualTo(Reason.READER_DIED);
                    assertThat(job.outcome().killedTheWorker()).isFalse(); // it was not alone
                }
            }
            assertThatThrownBy(() -> worker.open(WAIT))
                    .isInstanceOf(WorkerUnavailableException.class)
                    .hasMessageContaining("started again in");
            try (WorkerJob _ = openWhenItIsBack(worker, WAIT)) {
                assertThat(worker.pid()).isPresent();
            }
        }
    }

    @Test
    void aCrashInNativeCodeIsPutDownToTheJobWhoseThreadItWas() throws Exception {
        try (var worker = worker();
                WorkerJob innocent = worker.open(WAIT);
                WorkerJob guilty = worker.open(CRASH)) {
            assertThat(Pulled.of(guilty).end().reason()).isEqualTo(Reason.READER_DIED);
            assertThat(guilty.outcome().killedTheWorker()).isTrue();
            assertThat(guilty.outcome().end().detail()).contains("This stream killed");
            assertThat(innocent.outcome().killedTheWorker()).isFalse();
        }
    }

    @Test
    void itDoesNotOutliveAServerThatIsKilled() throws Exception {
        Process server =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ParentMain.class.getName(),
                                home.toString())
                        .redirectErrorStream(true)
                        .start();
        try (var output =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            do {
                line = output.readLine();
            } while (line != null && !line.matches("[0-9]+"));
            ProcessHandle worker = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
            assertThat(worker.isAlive()).isTrue();

            server.destroyForcibly().waitFor();

            worker.onExit().get(20, TimeUnit.SECONDS);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void aProgramThatIsNoWorkerIsGivenUp() {
        var command = new WorkerCommand(List.of("-version"));
        try (var worker = new WorkerProcess(command, home, RandomGenerator.getDefault())) {
            assertThatThrownBy(() -> worker.open(WAIT))
                    .isInstanceOf(WorkerUnavailableException.class)
                    .hasMessageContaining("cannot be started");
        }
    }

    @Test
    void aHomeWithALongPathGetsItsSocketElsewhere() throws Exception {
        Path deep = home.resolve("x".repeat(120));
        try (var worker =
                        new WorkerProcess(
                                WorkerCommand.ofClassPath(WorkerMain.class.getName(), List.of()),
                                deep,
                                RandomGenerator.getDefault());
                WorkerJob _ = worker.open(WAIT)) {
            assertThat(deep).doesNotExist();
            assertThat(worker.pid()).isPresent();
        }
    }

    private WorkerProcess worker() {
        return new WorkerProcess(
                WorkerCommand.ofClassPath(WorkerMain.class.getName(), List.of()),
                home,
                RandomGenerator.getDefault());
    }

    private static void kill(WorkerProcess worker) throws Exception {
        ProcessHandle process = ProcessHandle.of(worker.pid().orElseThrow()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(20, TimeUnit.SECONDS);
    }

    /// Each refusal says when the next try may be.
    private static WorkerJob openWhenItIsBack(WorkerProcess worker, PullRequest request)
            throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                return worker.open(request);
            } catch (WorkerUnavailableException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }
}
