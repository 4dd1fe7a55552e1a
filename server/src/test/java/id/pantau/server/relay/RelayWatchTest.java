package id.pantau.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd;
import id.pantau.media.rtmp.RtmpPushTarget;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.StreamName;
import id.pantau.server.database.Database;
import id.pantau.server.database.DatabaseSettings;
import id.pantau.server.health.Alarm;
import id.pantau.server.health.Alarms;
import id.pantau.server.relay.RelayState.Phase;
import id.pantau.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a relay that does not get through is told to a person.
class RelayWatchTest {
    private static final StreamEnd REFUSED =
            new StreamEnd(StreamEnd.Reason.UNREACHABLE, "connection refused");

    private final ManualClock clock = ManualClock.create();
    private Database database;
    private Alarms alarms;
    private Relay relay;
    private RelayState state;
    private RelayWatch watch;

    @BeforeEach
    void start(@TempDir Path home) {
        database = Database.open(DatabaseSettings.sqlite(home));
        alarms = new Alarms(database, clock);
        relay =
                new Relay(
                        "r1",
                        new CameraId("gate"),
                        StreamName.MAIN,
                        RelayTarget.parse(
                                "rtmp://video.example/live/secret-key",
                                RtmpPushTarget.Trust.AUTHORITIES),
                        true,
                        clock.instant());
        watch = new RelayWatch(() -> Map.of(relay, state), alarms, clock, clock);
        be(Phase.CONNECTING, null);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private void be(Phase phase, @Nullable StreamEnd end) {
        state = new RelayState(phase, clock.instant(), end, null, 0);
        watch.look();
    }

    private void after(Duration duration) {
        clock.advance(duration);
        watch.look();
    }

    @Test
    void afterTwoMinutesWithoutGettingThroughThereIsAnAlarmWithoutTheKey() {
        be(Phase.WAITING, REFUSED);
        after(RelayWatch.PATIENCE.minusSeconds(1));
        assertThat(alarms.list()).isEmpty();

        be(Phase.CONNECTING, REFUSED);
        after(Duration.ofSeconds(1));

        assertThat(alarms.list()).hasSize(1);
        Alarm alarm = alarms.list().getFirst();
        assertThat(alarm.kind()).isEqualTo(Alarm.Kind.RELAY);
        assertThat(alarm.subject()).isEqualTo("gate");
        assertThat(alarm.detail()).contains("video.example", "refused");
        assertThat(alarm.detail()).doesNotContain("secret-key");
    }

    @Test
    void itIsOverWhenMediaFlowsAndNotWhenItIsCutOffAgainAtOnce() {
        be(Phase.WAITING, REFUSED);
        after(RelayWatch.PATIENCE);

        be(Phase.PUSHING, REFUSED);
        after(Duration.ofSeconds(5));
        be(Phase.WAITING, REFUSED);
        assertThat(alarms.list()).hasSize(1);

        be(Phase.PUSHING, REFUSED);
        after(RelayWatch.HEALTHY_AFTER);
        assertThat(alarms.list()).isEmpty();
    }

    @Test
    void aCameraThatIsAwayOrARelayThatIsOffIsNoFaultOfTheRelay() {
        for (Phase phase : new Phase[] {Phase.NO_MEDIA, Phase.OFF}) {
            be(Phase.WAITING, REFUSED);
            after(RelayWatch.PATIENCE);
            assertThat(alarms.list()).hasSize(1);

            be(phase, REFUSED);
            assertThat(alarms.list()).isEmpty();
            after(RelayWatch.PATIENCE);
            assertThat(alarms.list()).isEmpty();
        }
    }
}
