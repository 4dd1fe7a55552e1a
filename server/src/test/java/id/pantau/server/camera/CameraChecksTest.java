package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.rtsp.RtspTimeouts;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.OnvifScript;
import id.pantau.testkit.OnvifSimulator;
import id.pantau.testkit.ScriptedCamera;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real cameras, examined.
@Timeout(120)
class CameraChecksTest {
    private static final Instant START = Instant.parse("2026-11-21T20:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private CheckRoom room;

    @BeforeEach
    void open(@TempDir Path home) throws Exception {
        var rtsp = new RtspOpener(CheckRoom.RULES, RtspTimeouts.DEFAULT, Clock.systemUTC());
        room = new CheckRoom(home, START, rtsp);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Camera recorded(ScriptedCamera camera, @Nullable String onvif) {
        return room.add("gate", camera.url(), null, onvif, RecordingSettings.Mode.CONTINUOUS);
    }

    private void awaitStreaming(Camera camera) throws InterruptedException {
        Eventually.await(
                "it streams",
                () ->
                        room.streams.state(camera.id(), StreamName.MAIN).phase()
                                == StreamState.Phase.STREAMING);
    }

    private static List<String> codes(CheckedCamera checked) {
        return checked.findings().stream()
                .map(one -> one.part().text() + " " + one.finding().code())
                .toList();
    }

    @Test
    void aFaultStaysWithItsBeginningUntilItIsMended() throws Exception {
        try (var device = ScriptedCamera.start(GoldenMedia.H264)) {
            Camera gate = recorded(device, null);
            awaitStreaming(gate);
            assertThat(codes(room.checks.check(gate))).contains("main audio.none");

            room.clock.advance(DAY);
            CheckedCamera second = room.checks.check(gate);
            assertThat(second.at()).isEqualTo(START.plus(DAY));
            assertThat(second.findings())
                    .filteredOn(one -> one.finding().code().equals("audio.none"))
                    .extracting(CameraFinding::since)
                    .containsExactly(START);
            assertThat(device.connections()).as("the stream that runs is enough").isEqualTo(1);

            device.atSpeed(GoldenMedia.H264_AAC, 1);
            room.streams.restart(gate.id());
            awaitStreaming(gate);
            assertThat(codes(room.checks.check(gate))).containsExactly("sub sub.none");
        }
    }

    @Test
    void aCameraThatIsDownIsSaidToBeAndNotWaitedFor() throws Exception {
        try (var device = ScriptedCamera.start(GoldenMedia.H264_AAC).refuseConnections()) {
            Camera gate = recorded(device, null);
            CheckedCamera down = room.checks.check(gate);
            assertThat(codes(down)).containsExactly("main stream.down");
            Finding finding = down.findings().getFirst().finding();
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.params()).containsEntry("reason", "UNREACHABLE");
            assertThat(finding.detail()).contains("127.0.0.1").doesNotContain("geheim");

            device.comeBack();
            room.streams.restart(gate.id());
            assertThat(codes(room.checks.check(gate))).doesNotContain("main stream.down");
        }
    }

    @Test
    void aStreamThatRestsIsPulledForTheExaminationAlone() throws Exception {
        try (var device = ScriptedCamera.start(GoldenMedia.H264_AAC).withSub(GoldenMedia.H264)) {
            Camera gate =
                    room.add(
                            "gate",
                            device.url(),
                            device.subUrl(),
                            null,
                            RecordingSettings.Mode.OFF);
            assertThat(device.connections()).isZero();
            assertThat(codes(room.checks.check(gate))).containsExactly("sub sub.notSmaller");
            for (StreamName stream : StreamName.values()) {
                assertThat(room.streams.state(gate.id(), stream).viewers()).isZero();
            }
        }
    }

    @Test
    void theClockIsAskedForAnewEachTime() throws Exception {
        var wrong = OnvifScript.camera("admin", "geheim").withClockOffset(Duration.ofHours(-7));
        try (var device = ScriptedCamera.start(GoldenMedia.H264_AAC);
                var onvif = OnvifSimulator.start(wrong)) {
            Camera gate = recorded(device, onvif.address());
            awaitStreaming(gate);
            CheckedCamera checked = room.checks.check(gate);
            assertThat(codes(checked)).containsExactly("device onvif.clockOffset", "sub sub.none");
            assertThat(checked.findings().getFirst().finding().severity())
                    .isEqualTo(Finding.Severity.WARNING);
            int asked = onvif.asked("GetSystemDateAndTime");
            room.checks.check(gate);
            assertThat(onvif.asked("GetSystemDateAndTime")).isGreaterThan(asked);
        }
    }

    @Test
    void aDeviceThatRefusesThePasswordIsAFinding() throws Exception {
        try (var device = ScriptedCamera.start(GoldenMedia.H264_AAC);
                var onvif = OnvifSimulator.start(OnvifScript.camera("admin", "another"))) {
            Camera gate = recorded(device, onvif.address());
            CheckedCamera checked = room.checks.check(gate);
            assertThat(codes(checked))
                    .containsExactly("device onvif.notAuthorised", "sub sub.none");
            assertThat(checked.toString()).doesNotContain("geheim");
        }
    }

    @Test
    void aCameraThatIsSwitchedOffIsNotExaminedAndOneThatIsGoneIsForgotten() throws Exception {
        try (var device = ScriptedCamera.start(GoldenMedia.H264_AAC).refuseConnections()) {
            Camera gate = recorded(device, null);
            room.checks.check(gate);
            Camera off = room.switchOff(gate);
            assertThatThrownBy(() -> room.checks.check(off))
                    .isInstanceOfSatisfying(
                            CameraException.class,
                            e -> assertThat(e.reason()).isEqualTo(CameraException.Reason.OFF));
            assertThat(room.checks.find(gate.id())).isPresent();

            room.cameras.remove(gate.id(), CameraListener.Recordings.DELETE);
            assertThat(room.checks.find(gate.id())).isEmpty();
        }
    }
}
