package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.GapCause;
import id.pantau.media.StreamEnd;
import id.pantau.server.recording.RecordingPolicy.Mode;
import id.pantau.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept of a camera that is recorded when something happens.
class SelectiveTest {
    private static final Duration PRE = Rolls.DEFAULT.pre();
    private static final Duration POST = Rolls.DEFAULT.post();
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir Path home;

    private static RecordingPolicy policy(Mode mode) {
        return policy(mode, null);
    }

    private static RecordingPolicy policy(Mode mode, @Nullable WeekSchedule week) {
        return new RecordingPolicy(
                mode, RecordingPolicy.DEFAULT_SEGMENT, null, null, Rolls.DEFAULT, week);
    }

    private static SyntheticCamera camera(RecordingRoom room, Mode mode) {
        SyntheticCamera camera = room.camera("cam1", 2000, policy(mode));
        camera.connect();
        return camera;
    }

    /// Plays, and somebody looks at it.
    private static void watch(RecordingRoom room, Duration length, SyntheticCamera camera)
            throws InterruptedException {
        for (long s = 0; s < length.toSeconds(); s++) {
            room.recording.analysed(camera.id, room.clock.instant());
            room.play(SECOND, camera);
        }
        room.recording.analysed(camera.id, room.clock.instant());
    }

    private static void trigger(RecordingRoom room, Reason reason, Instant from, Instant until) {
        room.recording.trigger("cam1", new Trigger(reason, from, until, null));
    }

    private static void trigger(RecordingRoom room, Reason reason) {
        trigger(room, reason, room.clock.instant(), room.clock.instant());
    }

    @Test
    void timeInWhichNothingHappensIsNeitherFootageNorGap() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(90), camera);
            room.awaitPhase("cam1", RecordingState.Phase.ARMED);
            assertThat(room.coverage("cam1", start).gaps()).isEmpty();
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.spans()).isEmpty();
            assertThat(coverage.gaps()).isEmpty();
            assertThat(coverage.wanted()).isZero();
            assertThat(room.segments("cam1")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void whatIsKeptAroundATriggerIsExactOrLongerByAtMostAGopAtEachEnd(int gopS) throws Exception {
        try (var room = new RecordingRoom(home)) {
            Duration gop = Duration.ofSeconds(gopS);
            Instant start = room.clock.instant();
            var camera = room.camera("cam1", 2000, policy(Mode.MOTION)).gop(gop);
            camera.connect();
            watch(room, Duration.ofSeconds(43), camera);
            Instant moved = room.clock.instant();
            trigger(room, Reason.MOTION);
            watch(room, Duration.ofSeconds(50), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).isEmpty();
            assertThat(coverage.spans()).hasSize(1);
            Coverage.Span kept = coverage.spans().getFirst();
            assertThat(kept.reasons()).containsExactly("motion");
            assertThat(kept.start()).isBetween(moved.minus(PRE).minus(gop), moved.minus(PRE));
            assertThat(kept.end()).isBetween(moved.plus(POST), moved.plus(POST).plus(gop));
        }
    }

    @Test
    void aTriggerThatComesLateFindsItsPreRoll() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(60), camera);
            Instant moved = room.clock.instant().minusSeconds(14);
            trigger(room, Reason.MOTION, moved, moved);
            watch(room, Duration.ofSeconds(30), camera);
            room.recording.detach("cam1");

            Segment kept = room.segments("cam1").getFirst();
            assertThat(kept.start()).isBetween(moved.minus(PRE).minusSeconds(1), moved.minus(PRE));
            assertThat(kept.end()).isBetween(moved.plus(POST), moved.plus(POST).plusSeconds(1));
        }
    }

    @Test
    void spansWithAShortRestBetweenThemBecomeOneAndOthersDoNot() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(30), camera);
            trigger(room, Reason.MOTION);
            watch(room, Duration.ofSeconds(19), camera); // 10 after, 4 between, 5 before
            trigger(room, Reason.MOTION);
            watch(room, Duration.ofSeconds(40), camera);
            trigger(room, Reason.MOTION);
            watch(room, Duration.ofSeconds(40), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.spans()).hasSize(2);
            assertThat(coverage.gaps()).isEmpty();
            Coverage.Span first = coverage.spans().getFirst();
            assertThat(Duration.between(first.start(), first.end()))
                    .isBetween(Duration.ofSeconds(34), Duration.ofSeconds(36));
        }
    }

    @Test
    void aTriggerThatGoesOnIsRecordedUntilItEndsAndTellsAllItsReasons() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(20), camera);
            Instant moved = room.clock.instant();
            for (int s = 0; s < 30; s++) {
                trigger(room, Reason.MOTION, moved, room.clock.instant().plusSeconds(1));
                if (s == 10) {
                    trigger(room, Reason.OBJECT);
                }
                watch(room, SECOND, camera);
            }
            assertThat(room.recording.state("cam1").reasons()).contains("motion");
            watch(room, Duration.ofSeconds(30), camera);
            room.recording.detach("cam1");

            List<Segment> before = room.segments("cam1");
            assertThat(before).hasSize(1);
            assertThat(before.getFirst().reasons()).containsExactly("motion", "object");
            assertThat(before.getFirst().end()).isAfterOrEqualTo(moved.plusSeconds(40));

            room.database.write(jdbc -> jdbc.sql("delete from segment").update());
            room.database.write(jdbc -> jdbc.sql("delete from recording_total").update());
            room.database.write(jdbc -> jdbc.sql("delete from recording_quarter").update());
            assertThat(Fsck.rebuild(room.database, null).findings()).isEmpty();
            assertThat(room.segments("cam1")).isEqualTo(before);
        }
    }

    @Test
    void objectModeDoesNotReactToMotionAlone() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = camera(room, Mode.OBJECT);
            watch(room, Duration.ofSeconds(20), camera);
            trigger(room, Reason.MOTION);
            watch(room, Duration.ofSeconds(20), camera);
            assertThat(room.segments("cam1")).isEmpty();
            trigger(room, Reason.OBJECT);
            watch(room, Duration.ofSeconds(40), camera);
            room.recording.detach("cam1");

            assertThat(room.segments("cam1")).hasSize(1);
            assertThat(room.segments("cam1").getFirst().reason()).isEqualTo("object");
            assertThat(room.coverage("cam1", start).gaps()).isEmpty();
        }
    }

    @Test
    void whoAsksIsRecordedInEveryModeForAsLongAsTheyAskAndTheStreamIsHeldMeanwhile()
            throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var holds = new AtomicInteger();
            var camera = new SyntheticCamera("cam1", room.clock, 2000);
            room.recording.setPolicy("cam1", RecordingPolicy.OFF);
            room.recording.attach(
                    "cam1",
                    "main",
                    camera.hub,
                    () -> {
                        holds.incrementAndGet();
                        return holds::decrementAndGet;
                    });
            camera.connect();
            room.play(Duration.ofSeconds(10), camera);
            Instant asked = room.clock.instant();
            trigger(room, Reason.MANUAL, asked, asked.plusSeconds(20));
            Eventually.await("the stream is held", () -> holds.get() == 1);
            room.play(Duration.ofSeconds(30), camera);
            room.awaitPhase("cam1", RecordingState.Phase.OFF);
            Eventually.await("the stream is let go", () -> holds.get() == 0);

            Segment kept = room.segments("cam1").getFirst();
            assertThat(kept.reason()).isEqualTo("manual");
            assertThat(kept.start()).isBeforeOrEqualTo(asked);
            assertThat(kept.end()).isBetween(asked.plusSeconds(20), asked.plusSeconds(21));
            assertThat(room.coverage("cam1", start).gaps()).isEmpty();
        }
    }

    @Test
    void whatWasAskedForEndsWhenSomebodyEndsIt() throws Exception {
        try (var room = new RecordingRoom(home)) {
            var camera = camera(room, Mode.OBJECT);
            watch(room, Duration.ofSeconds(20), camera);
            Instant asked = room.clock.instant();
            trigger(room, Reason.API, asked, asked.plusSeconds(3000));
            watch(room, Duration.ofSeconds(10), camera);
            assertThat(room.recording.state("cam1").reasons()).containsExactly("api");
            room.recording.endAsked("cam1");
            watch(room, Duration.ofSeconds(5), camera);
            room.awaitPhase("cam1", RecordingState.Phase.ARMED);

            assertThat(room.segments("cam1").getFirst().end())
                    .isBetween(asked.plusSeconds(10), asked.plusSeconds(12));
        }
    }

    @Test
    void aCameraThatNobodyLooksAtIsRecordedAllTheTimeAndNothingOfItIsMissed() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(30), camera);
            Instant last = room.clock.instant();
            room.play(Duration.ofSeconds(9), camera);
            assertThat(room.recording.state("cam1").phase()).isEqualTo(RecordingState.Phase.ARMED);
            room.play(Duration.ofSeconds(31), camera);
            room.awaitPhase("cam1", RecordingState.Phase.RECORDING);
            Eventually.await("the alarm", () -> !room.recording.alarms().isEmpty());
            assertThat(room.recording.alarms())
                    .extracting(Alarm::kind, Alarm::cause)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(Alarm.Kind.ANALYSIS, "UNANALYSED"));
            Instant back = room.clock.instant();
            watch(room, Duration.ofSeconds(60), camera);
            room.awaitPhase("cam1", RecordingState.Phase.ARMED);
            assertThat(room.recording.alarms()).isEmpty();
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).isEmpty();
            assertThat(coverage.spans()).hasSize(1);
            Coverage.Span kept = coverage.spans().getFirst();
            assertThat(kept.start()).isBetween(last.minus(PRE).minusSeconds(2), last.minus(PRE));
            assertThat(kept.end()).isBetween(back, back.plusSeconds(3));
            assertThat(kept.reasons()).containsExactly("continuous");
        }
    }

    @Test
    void aCameraThatIsAwayIsAGapInEveryModeAndWhatCameBeforeIsNot() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(40), camera);
            camera.disconnect(StreamEnd.Reason.CONNECTION_LOST);
            room.awaitPhase("cam1", RecordingState.Phase.WAITING);
            room.clock.advance(Duration.ofSeconds(30));
            camera.connect();
            watch(room, Duration.ofSeconds(40), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.spans()).isEmpty();
            assertThat(coverage.gaps()).extracting(Gap::cause).containsExactly(GapCause.NETWORK);
            assertThat(coverage.gaps().getFirst().start()).isEqualTo(start.plusSeconds(40));
            assertThat(coverage.gaps().getFirst().end()).isEqualTo(start.plusSeconds(70));
        }
    }

    @Test
    void aLateTriggerFindsWhatCameBeforeTheCameraWentAndWhatComesAfter() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(40), camera);
            camera.disconnect(StreamEnd.Reason.CONNECTION_LOST);
            room.clock.advance(Duration.ofSeconds(4));
            trigger(room, Reason.MOTION, start.plusSeconds(38), start.plusSeconds(40));
            camera.connect();
            watch(room, Duration.ofSeconds(40), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.spans()).hasSize(2);
            assertThat(coverage.spans().getFirst().start())
                    .isBetween(start.plusSeconds(32), start.plusSeconds(33));
            assertThat(coverage.gaps()).extracting(Gap::cause).containsExactly(GapCause.NETWORK);
            assertThat(coverage.gaps().getFirst().start()).isEqualTo(start.plusSeconds(40));
            assertThat(coverage.spans().getLast().start()).isEqualTo(start.plusSeconds(44));
            assertThat(coverage.spans().getLast().end())
                    .isBetween(start.plusSeconds(50), start.plusSeconds(52));
        }
    }

    @Test
    void aRestartWhileNothingHappenedIsAGapOfTheRestartAlone() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(60), camera);
            Instant died = room.clock.instant();
            room.die();
            room.clock.advance(Duration.ofMinutes(5));
            room.startAgain();
            camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(40), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.spans()).isEmpty();
            assertThat(coverage.gaps()).extracting(Gap::cause).containsOnly(GapCause.RESTART);
            assertThat(coverage.gaps().getFirst().start()).isBetween(died.minusSeconds(30), died);
            assertThat(coverage.gaps().getLast().end()).isEqualTo(died.plusSeconds(300));
        }
    }

    @Test
    void switchingFromMotionToContinuousAndBackLosesNothingOfWhatWasWanted() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var other = room.camera("cam2", 2000, RecordingPolicy.CONTINUOUS);
            other.connect();
            var camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(30), camera);
            Instant switched = room.clock.instant();
            room.recording.setPolicy("cam1", policy(Mode.CONTINUOUS));
            room.play(Duration.ofSeconds(30), camera, other);
            Instant back = room.clock.instant();
            room.recording.setPolicy("cam1", policy(Mode.MOTION));
            watch(room, Duration.ofSeconds(40), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).isEmpty();
            assertThat(coverage.spans()).hasSize(1);
            Coverage.Span kept = coverage.spans().getFirst();
            assertThat(kept.start()).isBetween(switched.minusSeconds(1), switched);
            assertThat(kept.end()).isBetween(back, back.plusSeconds(2));
            assertThat(room.segments("cam2")).hasSize(1);
        }
    }

    @Test
    void aScheduleChangesTheModeAtItsHour() throws Exception {
        try (var room = new RecordingRoom(home)) {
            // 2026-11-21 07:00 UTC is a Saturday, 14:00 in Jakarta
            var slots = new StringBuilder(".".repeat(336));
            slots.setCharAt(5 * 48 + 28, 'M');
            slots.setCharAt(5 * 48 + 29, 'C');
            var week = new WeekSchedule(ZoneId.of("Asia/Jakarta"), slots.toString());
            room.clock.advance(Duration.ofMinutes(29));
            Instant hour = room.clock.instant().plusSeconds(60);
            SyntheticCamera camera = room.camera("cam1", 2000, policy(Mode.OFF, week));
            Instant start = room.clock.instant();
            camera.connect();
            watch(room, Duration.ofSeconds(60), camera);
            room.awaitPhase("cam1", RecordingState.Phase.ARMED);
            watch(room, Duration.ofSeconds(30), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).isEmpty();
            assertThat(coverage.spans()).hasSize(1);
            assertThat(coverage.spans().getFirst().start()).isBetween(hour.minusSeconds(1), hour);
        }
    }

    @Test
    void withoutMemoryItSaysSoAndKeepsWhatNobodyHasLookedAtYet() throws Exception {
        try (var room = new RecordingRoom(home)) {
            room.limitRing(new RingLimits(Duration.ofSeconds(15), 100_000, 100_000));
            Instant start = room.clock.instant();
            var camera = camera(room, Mode.MOTION); // 28 kB/s
            watch(room, Duration.ofSeconds(30), camera);
            Eventually.await(
                    "it says so",
                    () ->
                            String.valueOf(room.recording.state("cam1").detail())
                                    .contains("memory is too short"));
            assertThat(room.segments("cam1")).isEmpty();
            Instant last = room.clock.instant();
            room.play(Duration.ofSeconds(9), camera);
            watch(room, Duration.ofSeconds(30), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).isEmpty();
            assertThat(coverage.spans()).isNotEmpty();
            assertThat(coverage.spans().getFirst().start()).isBefore(last.plusSeconds(2));
        }
    }

    @Test
    void aDiskThatFailsWhileNothingHappensIsAGapOnlyForWhatNobodyCanKnow() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(30), camera);
            trigger(room, Reason.MOTION);
            watch(room, Duration.ofSeconds(2), camera);
            room.disk.failWrites("Input/output error");
            watch(room, Duration.ofSeconds(5), camera);
            room.awaitPhase("cam1", RecordingState.Phase.PAUSED);
            room.disk.heal();
            room.awaitVolume(VolumeState.OK);
            watch(room, Duration.ofSeconds(40), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).extracting(Gap::cause).containsOnly(GapCause.DISK);
            assertThat(coverage.spans().getLast().end())
                    .isBetween(start.plusSeconds(40), start.plusSeconds(45));
        }
    }

    @Test
    void aClockThatIsSetForwardDoesNotCutShortWhatIsKeptAfterATrigger() throws Exception {
        try (var room = new RecordingRoom(home)) {
            Instant start = room.clock.instant();
            var camera = camera(room, Mode.MOTION);
            watch(room, Duration.ofSeconds(30), camera);
            trigger(room, Reason.MOTION);
            watch(room, Duration.ofSeconds(3), camera);
            room.clock.advance(Duration.ofMinutes(10));
            watch(room, Duration.ofSeconds(40), camera);
            room.recording.detach("cam1");

            Coverage coverage = room.coverage("cam1", start);
            assertThat(coverage.gaps()).extracting(Gap::cause).containsOnly(GapCause.CLOCK);
            assertThat(coverage.recorded().toSeconds()).isBetween(17L, 22L);
            assertThat(room.recording.alarms()).isEmpty();
        }
    }
}
