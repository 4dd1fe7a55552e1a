package id.pantau.media.hub;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.GapCause;
import id.pantau.media.MediaKind;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StreamPullerTest {
    private static final StreamEnd STALLED =
            new StreamEnd(StreamEnd.Reason.STALLED, "nothing came");

    /// Always the whole wait.
    private static final RandomGenerator FULL =
            new Random() {
                @Override
                public double nextDouble() {
                    return 1;
                }
            };

    private final StreamHub hub = new StreamHub("cam1/main", StreamHub.CacheLimits.DEFAULT);
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore slept = new Semaphore(0);

    @Test
    void theWaitDoublesUpToItsLimitAndIsSpread() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), FULL);
        assertThat(
                        List.of(
                                backoff.next(),
                                backoff.next(),
                                backoff.next(),
                                backoff.next(),
                                backoff.next()))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 10L);
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
        var spread = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), new Random(3));
        for (int i = 0; i < 100; i++) {
            assertThat(spread.next()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        }
    }

    @Test
    void onlyTenSecondsOfHealthyMediaForgiveEarlierFailures() throws Exception {
        assertThat(pausesAfter(sink -> media(sink, 0, 249))).containsExactly(1L, 2L, 4L);
        assertThat(pausesAfter(sink -> media(sink, 0, 251))).containsExactly(1L, 1L, 1L);
    }

    @Test
    void aGapStartsTheTenSecondsAnew() throws Exception {
        Consumer<Consumer<StreamSignal>> broken =
                sink -> {
                    media(sink, 0, 200);
                    sink.accept(new StreamSignal.Gap(Duration.ofSeconds(1), GapCause.NETWORK));
                    media(sink, 225, 400);
                };
        assertThat(pausesAfter(broken)).containsExactly(1L, 2L, 4L);
    }

    @Test
    void anAttemptThatFailsWithoutManagingItsFailureCostsOneAttempt() throws Exception {
        Consumer<Consumer<StreamSignal>> faulty =
                sink -> {
                    throw new IllegalStateException("a fault of ours");
                };
        assertThat(pausesAfter(faulty)).containsExactly(1L, 2L, 4L);
    }

    @Test
    void neverMoreConnectAtOnceThanTheGateAllows() throws Exception {
        var gate = new ConnectGate(3);
        var connecting = new AtomicInteger();
        var most = new AtomicInteger();
        var streaming = new CountDownLatch(12);
        List<StreamPuller> pullers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            StreamAttempt attempt =
                    sink -> {
                        most.accumulateAndGet(connecting.incrementAndGet(), Math::max);
                        Thread.yield();
                        connecting.decrementAndGet();
                        media(sink, 0, 1);
                        streaming.countDown();
                        new CountDownLatch(1).await();
                        return STALLED;
                    };
            pullers.add(puller(attempt, gate));
        }
        pullers.forEach(StreamPuller::start);
        assertThat(streaming.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, 3);
        assertThat(gate.connecting()).isZero();
        assertThat(pullers).allMatch(it -> it.state().phase() == StreamPuller.Phase.STREAMING);
        pullers.forEach(StreamPuller::close);
        assertThat(pullers).allMatch(it -> it.state().phase() == StreamPuller.Phase.STOPPED);
    }

    @Test
    void closingEndsARunningAttemptAndTellsTheReaders() throws Exception {
        HubReader reader =
                hub.subscribe("r", HubReader.Limits.VIEWER, StreamHub.Start.NEXT_KEY_FRAME);
        var running = new CountDownLatch(1);
        StreamPuller puller =
                puller(
                        sink -> {
                            running.countDown();
                            new CountDownLatch(1).await();
                            return STALLED;
                        },
                        new ConnectGate(1));
        puller.start();
        running.await();
        puller.close();
        assertThat(reader.take())
                .isInstanceOfSatisfying(
                        StreamSignal.Ended.class,
                        ended ->
                                assertThat(ended.end().reason())
                                        .isEqualTo(StreamEnd.Reason.STOPPED));
    }

    /// The pauses behind three attempts, in seconds.
    private List<Long> pausesAfter(Consumer<Consumer<StreamSignal>> playing)
            throws InterruptedException {
        pauses.clear();
        slept.drainPermits();
        try (StreamPuller puller =
                puller(
                        sink -> {
                            playing.accept(sink);
                            return STALLED;
                        },
                        new ConnectGate(1))) {
            puller.start();
            slept.acquire(3);
        }
        return pauses.subList(0, 3).stream().map(Duration::toSeconds).toList();
    }

    private StreamPuller puller(StreamAttempt attempt, ConnectGate gate) {
        return new StreamPuller(
                "cam1",
                hub,
                () -> attempt,
                gate,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), FULL),
                this::pause,
                Clock.systemUTC());
    }

    private void pause(Duration time) throws InterruptedException {
        pauses.add(time);
        slept.release();
        if (pauses.size() >= 3) {
            new CountDownLatch(1).await();
        }
    }

    private static void media(Consumer<StreamSignal> sink, int from, int until) {
        for (int i = from; i < until; i++) {
            sink.accept(
                    new StreamSignal.Unit(StreamHubTest.unit(MediaKind.VIDEO, i, i % 25 == 0, 10)));
        }
    }
}
