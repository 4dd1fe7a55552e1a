package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nights that pass in a moment, with cameras that are all down.
@Timeout(60)
class NightlyChecksTest {
    private static final StreamOpener DOWN =
            (_, _, _) ->
                    OpenedStream.of(
                            _ -> new StreamEnd(StreamEnd.Reason.UNREACHABLE, "no answer there"));
    private static final Duration STEP = Duration.ofMinutes(10);

    private final AtomicReference<CheckTime> time = new AtomicReference<>();
    private CheckRoom room;
    private NightlyChecks nightly;

    @BeforeEach
    void open(@TempDir Path home) throws Exception {
        room = new CheckRoom(home, Instant.parse("2026-01-01T00:00:00Z"), DOWN);
        begin();
    }

    private void begin() {
        nightly = new NightlyChecks(room.cameras, room.checks, time::get, room.clock, room.clock);
    }

    private void set(String now, String zone, LocalTime at) {
        room.clock.advance(Duration.between(room.clock.instant(), Instant.parse(now)));
        time.set(new CheckTime(ZoneId.of(zone), at));
    }

    @AfterEach
    void close() {
        nightly.close();
        room.close();
    }

    private Camera add(String id) {
        return room.add(
                id, URI.create("rtsp://192.0.2.1/" + id), null, null, RecordingSettings.Mode.OFF);
    }

    /// @return when the camera was examined while that time passed
    private List<Instant> examined(Camera camera, Duration length) throws Exception {
        var times = new ArrayList<Instant>();
        Instant until = room.clock.instant().plus(length);
        while (room.clock.instant().isBefore(until)) {
            room.clock.awaitSleepers(1);
            room.clock.advance(STEP);
            room.clock.awaitSleepers(1);
            room.checks
                    .find(camera.id())
                    .map(CheckedCamera::at)
                    .filter(at -> times.isEmpty() || !times.getLast().equals(at))
                    .ifPresent(times::add);
        }
        return times;
    }

    @Test
    void eachNightItIsDoneOnceAlsoWhenTheClockIsPutForward() throws Exception {
        set("2026-03-27T12:00:00Z", "Europe/Berlin", LocalTime.of(2, 30));
        Camera gate = add("gate");
        nightly.start();
        assertThat(examined(gate, Duration.ofDays(3)))
                .containsExactly(
                        Instant.parse("2026-03-28T01:30:00Z"),
                        Instant.parse("2026-03-29T01:30:00Z"),
                        Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void eachNightItIsDoneOnceAlsoWhenTheClockIsPutBack() throws Exception {
        set("2026-10-24T12:00:00Z", "Europe/Berlin", LocalTime.of(2, 30));
        Camera gate = add("gate");
        nightly.start();
        assertThat(examined(gate, Duration.ofDays(2)))
                .containsExactly(
                        Instant.parse("2026-10-25T00:30:00Z"),
                        Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void everyEnabledCameraIsExaminedAndAnotherIsNot() throws Exception {
        set("2026-11-21T19:50:00Z", "Asia/Jakarta", LocalTime.of(3, 0));
        Camera gate = add("gate");
        Camera yard = add("yard");
        Camera off = add("off");
        room.switchOff(off);
        nightly.start();
        assertThat(examined(gate, Duration.ofHours(5))).hasSize(1);

        assertThat(room.checks.find(yard.id())).isPresent();
        assertThat(room.checks.find(off.id())).isEmpty();
        CheckedCamera checked = room.checks.find(gate.id()).orElseThrow();
        assertThat(checked.findings())
                .extracting(
                        CameraFinding::part,
                        one -> one.finding().code(),
                        one -> one.finding().severity(),
                        one -> one.finding().params().get("reason"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                CameraPart.MAIN,
                                "stream.down",
                                Finding.Severity.ERROR,
                                "UNREACHABLE"));
    }

    @Test
    void aServerThatIsRestartedGoesOnWithThoseThatAreLeft() throws Exception {
        set("2026-11-21T19:50:00Z", "Asia/Jakarta", LocalTime.of(3, 0));
        Camera gate = add("gate");
        nightly.start();
        assertThat(examined(gate, Duration.ofMinutes(20))).hasSize(1);
        nightly.close();
        Instant before = room.checks.find(gate.id()).orElseThrow().at();

        Camera yard = add("yard");
        begin();
        nightly.start();
        assertThat(examined(yard, Duration.ofHours(4))).hasSize(1);
        assertThat(room.checks.find(gate.id()).orElseThrow().at()).isEqualTo(before);
    }

    @Test
    void aServerThatWasDownAllNightWaitsForTheNext() throws Exception {
        set("2026-11-21T23:30:00Z", "Asia/Jakarta", LocalTime.of(3, 0));
        Camera gate = add("gate");
        nightly.start();
        assertThat(examined(gate, Duration.ofHours(20))).isEmpty();
        assertThat(nightly.next()).isEqualTo("2026-11-22T20:00:00Z");
        assertThat(examined(gate, Duration.ofHours(1))).hasSize(1);
    }

    @Test
    void switchedOffNothingIsExamined() throws Exception {
        set("2026-11-21T12:00:00Z", "Asia/Jakarta", LocalTime.of(3, 0));
        Camera gate = add("gate");
        time.set(new CheckTime(ZoneId.of("Asia/Jakarta"), null));
        nightly.start();
        assertThat(examined(gate, Duration.ofDays(1))).isEmpty();
        assertThat(nightly.next()).isNull();
    }
}
