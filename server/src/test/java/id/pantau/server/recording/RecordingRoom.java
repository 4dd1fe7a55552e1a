package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.database.Database;
import id.pantau.server.database.DatabaseSettings;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.FaultyFileSystem;
import id.pantau.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A recorder with everything around it, for tests: a disk that fails when told, a clock that moves
/// when told, a real database. Can die and be started again.
final class RecordingRoom implements AutoCloseable {
    static final VolumeTiming QUICK =
            new VolumeTiming(
                    Duration.ofMillis(10),
                    Duration.ofMillis(20),
                    Duration.ofMillis(
                            300), // a busy machine's fsync is not to look like a slow disk
                    Duration.ofMillis(1000));

    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    static final long CAPACITY = 256 << 20;

    final Path home;
    final ManualClock clock;
    final List<RecordingFact> facts = new CopyOnWriteArrayList<>();
    FaultyFileSystem disk;
    Database database;
    Recording recording;
    private final long capacityBytes;
    private RingLimits ring = RingLimits.ofHeap();

    RecordingRoom(Path home) throws IOException {
        this(home, ManualClock.create(), CAPACITY);
    }

    RecordingRoom(Path home, long capacityBytes) throws IOException {
        this(home, ManualClock.create(), capacityBytes);
    }

    RecordingRoom(Path home, ManualClock clock, long capacityBytes) throws IOException {
        this.home = home;
        this.clock = clock;
        this.capacityBytes = capacityBytes;
        Files.createDirectories(home.resolve("recordings"));
        disk = FaultyFileSystem.over(home.resolve("recordings"));
        disk.capacity(capacityBytes);
        database = Database.open(DatabaseSettings.sqlite(home));
        recording = open();
    }

    private Recording open() {
        var settings =
                new RecordingSettings(
                        disk.root(),
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofMillis(5),
                        Duration.ofDays(180),
                        QUICK,
                        ring);
        return Recording.open(database, settings, clock, facts::add);
    }

    /// Starts the recorder again, with less memory for what is not decided yet.
    void limitRing(RingLimits limits) {
        ring = limits;
        recording.close();
        recording = open();
    }

    SyntheticCamera camera(String id) {
        return camera(id, 2000, RecordingPolicy.CONTINUOUS);
    }

    SyntheticCamera camera(String id, int frameBytes, RecordingPolicy policy) {
        var camera = new SyntheticCamera(id, clock, frameBytes);
        recording.setPolicy(id, policy);
        recording.attach(id, "main", camera.hub);
        return camera;
    }

    /// Plays, giving the recorders time to keep up.
    void play(Duration length, SyntheticCamera... cameras) throws InterruptedException {
        long frames = length.dividedBy(SyntheticCamera.FRAME);
        for (long i = 0; i < frames; i++) {
            for (SyntheticCamera camera : cameras) {
                camera.sendFrame();
            }
            clock.advance(SyntheticCamera.FRAME);
            if (i % 50 == 0) {
                catchUp();
            }
        }
        catchUp();
    }

    /// Waits until the recorders have taken everything.
    void catchUp() throws InterruptedException {
        for (String camera : List.of("cam1", "cam2", "cam3")) {
            Recorder recorder = recording.recorder(camera).orElse(null);
            if (recorder != null) {
                Eventually.await("the recorder keeps up", () -> recorder.backlog() == 0);
            }
        }
    }

    void awaitPhase(String camera, RecordingState.Phase phase) throws InterruptedException {
        Eventually.await(
                camera + " becomes " + phase, () -> recording.state(camera).phase() == phase);
    }

    void awaitVolume(VolumeState state) throws InterruptedException {
        Eventually.await(
                "the volume becomes " + state, () -> recording.volume().health().state() == state);
    }

    List<Segment> segments(String camera) {
        return recording.recordings().list(camera, Instant.EPOCH, END);
    }

    Coverage coverage(String camera, Instant from) {
        return recording.recordings().coverage(camera, from, END);
    }

    /// The process is gone: nothing is closed in order, what was written is on the disk.
    void die() {
        disk.killAt(1);
        recording.close();
        database.close();
    }

    void startAgain() {
        disk = FaultyFileSystem.over(home.resolve("recordings"));
        disk.capacity(capacityBytes);
        database = Database.open(DatabaseSettings.sqlite(home));
        recording = open();
    }

    /// Starts, ends in order, looks at what that left, and starts for good: while a recorder runs,
    /// its retention would delete under the checker's eyes.
    void startAgainAndCheck() throws IOException {
        startAgain();
        recording.close();
        assertClean();
        database.close();
        startAgain();
    }

    void stop() {
        recording.close();
        database.close();
    }

    void ledger(java.util.function.Consumer<Ledger> change) {
        database.write(jdbc -> {
            change.accept(new Ledger(jdbc));
            return true;
        });
    }

    void assertClean() throws IOException {
        FsckReport report = Fsck.check(database);
        assertThat(report.findings()).as("fsck").isEmpty();
    }

    /// Ends the recording in order, and what it leaves is as it should be.
    @Override
    public void close() throws IOException {
        recording.close();
        try {
            assertClean();
        } finally {
            database.close();
        }
    }
}
