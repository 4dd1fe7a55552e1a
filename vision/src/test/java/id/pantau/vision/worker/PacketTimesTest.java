package id.pantau.vision.worker;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.worker.PacketTimes.Times;
import org.junit.jupiter.api.Test;

class PacketTimesTest {
    private static final int VIDEO = 0;
    private static final int AUDIO = 1;

    private final PacketTimes times = new PacketTimes();

    @Test
    void timeBeginsAtZeroAndKeepsTracksInStep() {
        assertThat(times.next(VIDEO, 90_000, 90_080)).isEqualTo(new Times(0, 80));
        assertThat(times.next(AUDIO, 90_020, 90_020)).isEqualTo(new Times(20, 20));
        assertThat(times.next(VIDEO, 90_040, 90_040)).isEqualTo(new Times(40, 40));
    }

    @Test
    void withinATrackTimeNeverGoesBack() {
        times.next(VIDEO, 1000, 1000);
        times.next(VIDEO, 1040, 1040);
        assertThat(times.next(VIDEO, 1020, 1060)).isEqualTo(new Times(40, 80));
        assertThat(times.next(AUDIO, 900, 900)).isEqualTo(new Times(0, 0));
    }

    @Test
    void aJumpOfTheSourcesClockIsBridged() {
        times.next(VIDEO, 1000, 1000);
        assertThat(times.next(VIDEO, 3_600_000, 3_600_000)).isEqualTo(new Times(40, 40));
        assertThat(times.next(VIDEO, 3_600_040, 3_600_040)).isEqualTo(new Times(80, 80));
        assertThat(times.next(VIDEO, 5, 5)).isEqualTo(new Times(120, 120));
    }

    @Test
    void whatHasNoTimeFollowsWhatWasBefore() {
        times.next(VIDEO, 1000, 1000);
        times.next(VIDEO, 1040, 1040);
        assertThat(times.next(VIDEO, PacketTimes.UNKNOWN, PacketTimes.UNKNOWN))
                .isEqualTo(new Times(40, 40));
        assertThat(times.next(VIDEO, PacketTimes.UNKNOWN, 1080)).isEqualTo(new Times(80, 80));
    }
}
