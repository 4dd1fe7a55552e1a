package id.pantau.media.hub;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps one stream coming: an attempt, its end, a pause, the next attempt. The only retry loop
/// there is. Runs on a virtual thread of its own from [#start()] to [#close()].
public final class StreamPuller implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StreamPuller.class.getName());

    /// Media this long without a break is health, and forgives earlier failures.
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(10);

    /// What the puller is doing, for people to read.
    ///
    /// @param lastEnd why the attempt before ended; null before the first end
    /// @param nextAttemptAt when `WAITING`, the time of the next try; null otherwise
    public record State(
            Phase phase,
            Instant since,
            @Nullable StreamEnd lastEnd,
            @Nullable Instant nextAttemptAt) {}

    public enum Phase {
        /// Waiting for a place to connect, or connecting.
        CONNECTING,
        /// Access units arrive.
        STREAMING,
        /// The last attempt failed; the next one comes at a known time.
        WAITING,
        STOPPED
    }

    private final StreamHub hub;
    private final Supplier<StreamAttempt> attempts;
    private final ConnectGate gate;
    private final Backoff backoff;
    private final Sleeper sleeper;
    private final Clock clock;
    private final Thread thread;
    private volatile State state;

    public StreamPuller(
            String name,
            StreamHub hub,
            Supplier<StreamAttempt> attempts,
            ConnectGate gate,
            Backoff backoff,
            Sleeper sleeper,
            Clock clock) {
        this.hub = hub;
        this.attempts = attempts;
        this.gate = gate;
        this.backoff = backoff;
        this.sleeper = sleeper;
        this.clock = clock;
        this.state = new State(Phase.STOPPED, clock.instant(), null, null);
        this.thread = Thread.ofVirtual().name("pull-" + name).unstarted(this::run);
    }

    public void start() {
        // Before the thread runs: who looks at once must not take it for one that stands still.
        state = new State(Phase.CONNECTING, clock.instant(), null, null);
        thread.start();
    }

    public State state() {
        return state;
    }

    /// Ends the running attempt and waits until its connection is closed.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                StreamEnd end = runOnce();
                hub.accept(new StreamSignal.Ended(end));
                Duration pause = backoff.next();
                Instant now = clock.instant();
                state = new State(Phase.WAITING, now, end, now.plus(pause));
                sleeper.sleep(pause);
            }
        } catch (InterruptedException _) {
            StreamEnd end = new StreamEnd(StreamEnd.Reason.STOPPED, "stopped by the server");
            hub.accept(new StreamSignal.Ended(end));
            state = new State(Phase.STOPPED, clock.instant(), end, null);
        }
    }

    private StreamEnd runOnce() throws InterruptedException {
        state = new State(Phase.CONNECTING, clock.instant(), state.lastEnd(), null);
        gate.enter();
        var place = new Place();
        try {
            return attempts.get().run(place);
        } catch (RuntimeException broken) {
            // A fault of ours must cost one attempt, never the camera.
            LOG.log(System.Logger.Level.ERROR, "an attempt to read a stream failed", broken);
            return new StreamEnd(
                    StreamEnd.Reason.PROTOCOL_ERROR,
                    "internal error: " + broken.getClass().getName());
        } finally {
            place.leave();
        }
    }

    /// This attempt's place in the gate, given back at the first access unit.
    private final class Place implements SignalSink {
        private boolean held = true;
        private boolean streaming;
        private @Nullable Instant unbrokenSince;
        private boolean healthy;

        @Override
        public boolean isAwaited() {
            return hub.isAwaited();
        }

        @Override
        public void accept(StreamSignal signal) {
            switch (signal) {
                case StreamSignal.Unit(AccessUnit unit) -> seen(unit);
                case StreamSignal.Gap _ -> unbrokenSince = null;
                case StreamSignal.FormatChanged _, StreamSignal.Ended _ -> {}
            }
            hub.accept(signal);
        }

        private void seen(AccessUnit unit) {
            if (!streaming) {
                streaming = true;
                state = new State(Phase.STREAMING, clock.instant(), state.lastEnd(), null);
                leave();
            }
            Instant since = unbrokenSince;
            if (since == null || unit.wallTime().isBefore(since)) {
                unbrokenSince =
                        unit.wallTime(); // the first one, or the server's clock was set back
            } else if (!healthy && !unit.wallTime().isBefore(since.plus(HEALTHY_AFTER))) {
                healthy = true;
                backoff.reset();
            }
        }

        void leave() {
            if (held) {
                held = false;
                gate.leave();
            }
        }
    }
}
