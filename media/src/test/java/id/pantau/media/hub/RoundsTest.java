package id.pantau.media.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final AtomicInteger rounds = new AtomicInteger();
    private final Semaphore pauses = new Semaphore(0);
    private final Semaphore paused = new Semaphore(0);

    private void sleep(Duration duration) throws InterruptedException {
        paused.release();
        pauses.acquire();
    }

    @Test
    void aRoundThatFailsCostsItselfAlone_andCloseEndsThePause() throws Exception {
        var watch =
                new Rounds(
                        "watch",
                        Duration.ofSeconds(5),
                        this::sleep,
                        () -> {
                            if (rounds.incrementAndGet() == 1) {
                                throw new IllegalStateException("the first fails on purpose");
                            }
                        });
        watch.start();
        assertThat(paused.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        pauses.release();
        assertThat(paused.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

        watch.close();

        assertThat(rounds).hasValue(2);
    }
}
