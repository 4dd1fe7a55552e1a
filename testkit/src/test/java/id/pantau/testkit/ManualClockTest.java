package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

    private final ManualClock clock = ManualClock.startingAt(START);
    private final List<String> woken = new CopyOnWriteArrayList<>();

    @Test
    void timeStandsStillUntilAdvanced() {
        assertThat(clock.instant()).isEqualTo(START);
        clock.advance(Duration.ofMinutes(1));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void advancingWakesWhoIsDueAndNobodyElse() throws InterruptedException {
        Thread first = sleeper("first", Duration.ofSeconds(1));
        Thread second = sleeper("second", Duration.ofSeconds(2));
        clock.awaitSleepers(2);

        clock.advance(Duration.ofSeconds(1));
        first.join();
        assertThat(woken).containsExactly("first");
        assertThat(clock.sleepers()).isEqualTo(1);

        assertThat(clock.advanceToNextWake(1)).isEqualTo(Duration.ofSeconds(1));
        second.join();
        assertThat(woken).containsExactly("first", "second");
    }

    @Test
    void aStepOfTheWallClockWakesNobody() throws InterruptedException {
        Thread thread = sleeper("late", Duration.ofSeconds(1));
        clock.awaitSleepers(1);
        clock.step(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(START.minusSeconds(3600));
        assertThat(clock.sleepers()).isEqualTo(1);
        thread.interrupt();
        thread.join();
        assertThat(woken).isEmpty();
    }

    private Thread sleeper(String name, Duration duration) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        clock.sleep(duration);
                        woken.add(name);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
