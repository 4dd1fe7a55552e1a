package id.pantau.server.vision;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.hub.Sleeper;
import id.pantau.media.net.PendingLimits;
import id.pantau.server.database.Database;
import id.pantau.server.database.DatabaseSettings;
import id.pantau.server.health.Alarm;
import id.pantau.server.health.Alarms;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.ManualClock;
import id.pantau.vision.worker.RemoteModels;
import id.pantau.vision.worker.VisitingWorker;
import id.pantau.vision.worker.WorkerCommand;
import id.pantau.vision.worker.WorkerIdentity;
import id.pantau.vision.worker.WorkerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// When a worker of another machine is missed: real ones that come over loopback, by a clock that
/// moves when told.
@Timeout(60)
class WorkerWatchTest {
    /// [Workers] and its watch.
    private static final int SLEEPERS = 2;

    /// A round of the watch.
    private static final Duration ROUND = Duration.ofSeconds(5);

    @TempDir Path home;

    private final ManualClock clock = // keys are good by the real one
            ManualClock.startingAt(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    private Database database;
    private Alarms alarms;
    private WorkerProcess process;
    private Workers workers;
    private @Nullable Thread visit;

    @BeforeEach
    void start() throws IOException {
        database = Database.open(DatabaseSettings.sqlite(home));
        alarms = new Alarms(database, clock);
        process = // never started: no camera is analysed
                new WorkerProcess(
                        WorkerCommand.ofClassPath("none", List.of()),
                        null,
                        RandomGenerator.getDefault());
        open();
    }

    @AfterEach
    void stop() throws InterruptedException {
        leave();
        workers.close();
        process.close();
        database.close();
    }

    private void open() throws IOException {
        workers =
                new Workers(
                        home.resolve("workers"), process, Optional::empty, alarms, clock, clock);
        workers.open(new InetSocketAddress("127.0.0.1", 0), new PendingLimits(32, _ -> false));
    }

    private void come(String key) throws IOException, InterruptedException {
        var worker =
                new VisitingWorker(
                        new VisitingWorker.Settings(
                                "127.0.0.1",
                                workers.port().orElseThrow(),
                                4,
                                WorkerIdentity.read(key)),
                        process,
                        new RemoteModels(List.of(home)),
                        _ -> {},
                        Sleeper.SYSTEM,
                        RandomGenerator.getDefault());
        visit =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                worker.run();
                            } catch (InterruptedException _) {
                                // it leaves
                            }
                        });
        Eventually.await("the worker is connected", this::isConnected);
    }

    private void leave() throws InterruptedException {
        Thread leaving = visit;
        visit = null;
        if (leaving != null) {
            leaving.interrupt();
            leaving.join();
            Eventually.await("the worker has gone", () -> !isConnected());
        }
    }

    private boolean isConnected() {
        try {
            return workers.list().stream().anyMatch(worker -> worker.connected() != null);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void after(Duration duration) throws InterruptedException {
        clock.awaitSleepers(SLEEPERS);
        clock.advance(duration);
        clock.awaitSleepers(SLEEPERS);
    }

    private void missed() throws IOException, InterruptedException {
        after(ROUND);
        after(WorkerWatch.PATIENCE);
        assertThat(alarms.list()).hasSize(1);
    }

    @Test
    void aWorkerThatStaysAwayForTwoMinutesIsMissedUntilItIsBackForAWhile() throws Exception {
        String key = workers.add("gudang", 4);
        come(key);
        after(ROUND);

        leave();
        after(ROUND);
        after(WorkerWatch.PATIENCE.minusSeconds(1));
        assertThat(alarms.list()).isEmpty();
        after(ROUND);
        assertThat(alarms.list()).hasSize(1);
        Alarm alarm = alarms.list().getFirst();
        assertThat(alarm.kind()).isEqualTo(Alarm.Kind.WORKER);
        assertThat(alarm.subject()).isEqualTo("gudang");
        assertThat(alarm.cause()).isEqualTo("AWAY");

        come(key);
        after(ROUND);
        leave();
        after(ROUND);
        assertThat(alarms.list()).containsExactly(alarm);

        come(key);
        after(WorkerWatch.BACK_AFTER);
        assertThat(alarms.list()).isEmpty();
    }

    @Test
    void aWorkerThatIsBackInTimeIsNotMissed() throws Exception {
        String key = workers.add("gudang", 4);
        come(key);
        leave();
        after(ROUND);
        after(WorkerWatch.PATIENCE.minusSeconds(30));
        come(key);
        after(ROUND);
        after(WorkerWatch.BACK_AFTER);
        after(WorkerWatch.PATIENCE);
        assertThat(alarms.list()).isEmpty();
    }

    @Test
    void aWorkerThatIsRemovedIsNotMissedAnyMore() throws Exception {
        come(workers.add("gudang", 4));
        leave();
        missed();

        workers.remove("gudang");
        after(ROUND);
        assertThat(alarms.list()).isEmpty();
    }

    @Test
    void oneThatCameBeforeARestartOfTheServerIsMissedAndOneThatNeverCameIsNot() throws Exception {
        workers.add("kantor", 4);
        come(workers.add("gudang", 4));
        leave();
        workers.close();
        alarms = new Alarms(database, clock);
        open();

        after(WorkerWatch.PATIENCE);
        assertThat(alarms.list()).extracting(Alarm::subject).containsExactly("gudang");
    }
}
