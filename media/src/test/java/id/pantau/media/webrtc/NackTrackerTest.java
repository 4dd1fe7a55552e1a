package id.pantau.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NackTrackerTest {
    private static final long MS = 1_000_000;

    private final NackTracker tracker = new NackTracker();

    @Test
    void whatStaysAwayIsAskedForAgainUntilItIsGivenUp() {
        tracker.arrived(0xfffe, 0);
        tracker.arrived(2, 0);
        assertThat(tracker.due(1 * MS)).as("it may only be late").isEmpty();
        assertThat(tracker.due(10 * MS)).containsExactly(0xffff, 0, 1);
        tracker.arrived(0, 20 * MS);
        assertThat(tracker.due(30 * MS)).isEmpty();
        assertThat(tracker.due(61 * MS)).containsExactly(0xffff, 1);
        assertThat(tracker.due(300 * MS)).isEmpty();
        assertThat(tracker.isWaiting()).isFalse();
        assertThat(tracker.asked()).isEqualTo(5);
    }

    @Test
    void aHoleThatNothingMendsIsNotAskedFor() {
        tracker.arrived(0, 0);
        tracker.arrived(5000, 0);
        assertThat(tracker.due(10 * MS)).isEmpty();
        tracker.arrived(5002, 20 * MS);
        assertThat(tracker.due(40 * MS)).isEqualTo(List.of(5001));
    }
}
