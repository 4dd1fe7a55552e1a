package id.pantau.server.camera;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.hub.StreamHub;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The place of the one publisher of a stream that is pushed to us. A second one is turned away
/// while the first is there, and a first one that sends nothing for a while loses its place.
final class PublishSlot implements AutoCloseable {
    /// What the slot is doing, for people to read.
    ///
    /// @param lastEnd why nobody publishes now
    record State(boolean publishing, Instant since, StreamEnd lastEnd) {}

    /// As for a camera that is pulled.
    static final Duration STALLED_AFTER = Duration.ofSeconds(10);

    private static final StreamEnd NOBODY =
            new StreamEnd(StreamEnd.Reason.NOT_PUBLISHED, "nobody publishes this stream");

    private final StreamHub hub;
    private final StreamMeter meter;
    private final Sleeper sleeper;
    private final Clock clock;
    private final Object lock = new Object(); // taken before the hub's own
    private @Nullable Held held; // guarded by lock
    private volatile State state;

    PublishSlot(StreamHub hub, StreamMeter meter, Sleeper sleeper, Clock clock) {
        this.hub = hub;
        this.meter = meter;
        this.sleeper = sleeper;
        this.clock = clock;
        this.state = new State(false, clock.instant(), NOBODY);
    }

    /// @return null when somebody publishes already
    @Nullable Publication take() {
        synchronized (lock) {
            if (held != null) {
                return null;
            }
            var taken = new Held();
            held = taken;
            taken.watchdog.start();
            return taken;
        }
    }

    State state() {
        return state;
    }

    /// Cuts the publisher off, if there is one; another may come.
    void cutOff(StreamEnd end) {
        synchronized (lock) {
            if (held != null) {
                held.end(end);
            }
        }
    }

    @Override
    public void close() {
        cutOff(new StreamEnd(StreamEnd.Reason.STOPPED, "stopped by the server"));
    }

    /// One publisher's hold.
    private final class Held implements Publication {
        private final Thread watchdog =
                Thread.ofVirtual().name("publish-" + hub.name()).unstarted(this::watch);
        private volatile long lastUnitNanos = System.nanoTime();
        private volatile boolean open = true; // written under lock
        private boolean streaming; // guarded by lock

        @Override
        public void accept(StreamSignal signal) {
            synchronized (lock) {
                if (!open) {
                    return;
                }
                switch (signal) {
                    case StreamSignal.Unit _ -> {
                        lastUnitNanos = System.nanoTime();
                        if (!streaming) {
                            streaming = true;
                            state = new State(true, clock.instant(), NOBODY);
                        }
                    }
                    case StreamSignal.FormatChanged _, StreamSignal.Gap _ -> {}
                    case StreamSignal.Ended _ ->
                            throw new IllegalArgumentException("an end is said by close()");
                }
                meter.seen(signal);
                hub.accept(signal);
            }
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close(StreamEnd end) {
            synchronized (lock) {
                end(end);
            }
        }

        /// Called with the lock held.
        void end(StreamEnd end) {
            if (open) {
                open = false;
                held = null;
                watchdog.interrupt();
                meter.restart();
                state = new State(false, clock.instant(), end);
                hub.accept(new StreamSignal.Ended(end));
            }
        }

        private void watch() {
            try {
                while (open) {
                    sleeper.sleep(Duration.ofSeconds(1));
                    if (System.nanoTime() - lastUnitNanos > STALLED_AFTER.toNanos()) {
                        close(
                                new StreamEnd(
                                        StreamEnd.Reason.STALLED,
                                        "the publisher sent nothing for %d s"
                                                .formatted(STALLED_AFTER.toSeconds())));
                    }
                }
            } catch (InterruptedException _) {
                // the publication is over
            }
        }
    }
}
