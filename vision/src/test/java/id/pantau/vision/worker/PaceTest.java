package id.pantau.vision.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private long nowNanos = 5_000;
    private final Pace pace = new Pace(() -> nowNanos);

    @Test
    void aBurstIsSpreadOverTheTimeItPlays() {
        long start = nowNanos;
        for (int ms = 0; ms <= 60_000; ms += 40) {
            nowNanos += pace.delayNanos(ms);
        }
        long tookMs = TimeUnit.NANOSECONDS.toMillis(nowNanos - start);
        assertThat(tookMs).isBetween(56_000L, 59_600L); // 5 % faster, half a second ahead
    }

    @Test
    void whatComesInItsTimePassesAtOnce() {
        for (int ms = 0; ms <= 60_000; ms += 40) {
            assertThat(pace.delayNanos(ms + ms % 3 * 100)).isZero(); // with jitter
            nowNanos += TimeUnit.MILLISECONDS.toNanos(40);
        }
    }

    @Test
    void afterAStallNothingIsCaughtUpInABurst() {
        pace.delayNanos(0);
        nowNanos += TimeUnit.SECONDS.toNanos(30);
        assertThat(pace.delayNanos(40)).isZero();
        assertThat(pace.delayNanos(2_040)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1_500));
    }
}
