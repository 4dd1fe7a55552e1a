package id.pantau.server.vision;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.analysis.Rates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateMeterTest {
    private final RateMeter meter = new RateMeter();

    private RateMeter.@Nullable Reading add(double second, long frames, long looked, long passed) {
        return meter.add(
                new Rates(frames, frames, looked, looked, passed), (long) (second * 1e9) - 7);
    }

    @Test
    void ratesAreOfTheLastWindow() {
        assertThat(add(0, 100, 10, 0)).isNull();
        assertThat(add(4.9, 124, 14, 3)).isNull();
        assertThat(add(5, 125, 15, 3)).isEqualTo(new RateMeter.Reading(5, 1, 0.6));
        assertThat(add(15, 145, 15, 33)).isEqualTo(new RateMeter.Reading(2, 0, 3));
    }

    @Test
    void manyPicturesToldAtOnceAreNoRateOfZero() {
        assertThat(add(0, 0, 0, 0)).isNull();
        assertThat(add(6, 30, 1, 5)).isEqualTo(new RateMeter.Reading(5, 1 / 6.0, 5 / 6.0));
        for (int picture = 0; picture < 30; picture++) { // of six seconds, looked at together
            assertThat(add(6.001, 30, 1, 5)).isNull();
        }
    }
}
