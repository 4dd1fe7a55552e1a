package id.pantau.server.live;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.mp4.BrowserFragmenter;
import id.pantau.server.camera.StreamState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One watched stream. A virtual thread reads the hub, makes each message once and gives it to all
/// viewers; the fragments since the newest key frame are kept, so that a new viewer sees a picture
/// at once. Runs from the first viewer to the last.
final class LiveStream implements AutoCloseable {
    /// Larger than a GOP in the hub's cache can be, so that the start loses nothing.
    private static final HubReader.Limits READER =
            new HubReader.Limits(4096, 16 << 20).onPictures();

    /// A GOP with more than this is not kept: new viewers wait for the next key frame.
    private static final long CACHE_BYTES = 12 << 20;

    private static final Duration TICK = Duration.ofMillis(250);
    private static final long TIME_EVERY_NANOS = 1_000_000_000L;
    private static final long STATS_EVERY_NANOS = 2_000_000_000L;

    /// Also tells a dead connection from a quiet one.
    private static final long STATE_EVERY_NANOS = 10_000_000_000L;

    private final StreamHub hub;
    private final Supplier<Optional<StreamState>> state;
    private final Function<LiveMessage, String> encoder;
    private final Clock clock;
    private final Thread thread;
    private final CopyOnWriteArrayList<LiveViewer> viewers = new CopyOnWriteArrayList<>();
    private final Object lock = new Object(); // orders a join against what is being published

    // guarded by lock
    private @Nullable BrowserFragmenter fragmenter;
    private final List<LiveFragment> gop = new ArrayList<>();
    private long gopBytes;
    private @Nullable StreamState toldState;

    // the reading thread's own
    private final CrowdMessages messages = new CrowdMessages(this::publish);
    private @Nullable LiveFragment newest;
    private long timeToldNanos;
    private long statsToldNanos;
    private long stateToldNanos;

    /// @param state empty when the camera was just removed
    /// @param encoder makes the text of a message
    LiveStream(
            StreamHub hub,
            Supplier<Optional<StreamState>> state,
            Function<LiveMessage, String> encoder,
            Clock clock) {
        this.hub = hub;
        this.state = state;
        this.encoder = encoder;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("live-" + hub.name()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Queues what the viewer begins with; the caller pumps it, with no lock held.
    void join(LiveViewer viewer) {
        synchronized (lock) {
            BrowserFragmenter current = fragmenter;
            if (current == null) {
                state.get().ifPresent(now -> tellState(now, List.of(viewer)));
            } else {
                viewer.offerInit(initText(current), current.init().bytes().buffer());
                viewer.offerAll(gop);
            }
            viewers.add(viewer);
        }
    }

    void leave(LiveViewer viewer) {
        viewer.close();
        viewers.remove(viewer);
    }

    /// A copy.
    List<LiveViewer> viewers() {
        return List.copyOf(viewers);
    }

    @Override
    public void close() {
        thread.interrupt();
        if (Thread.currentThread() == thread) {
            return; // a socket that broke while this stream was sending to its last viewer
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (HubReader reader = hub.subscribe("live", READER, StreamHub.Start.NEWEST_KEY_FRAME)) {
            while (true) {
                // A wait with an end costs a timer, and its thread is woken for each: while media
                // flows, all that is to be told goes with it.
                StreamSignal signal = fragmenter == null ? reader.poll(TICK) : reader.take();
                if (signal != null) {
                    handle(signal);
                }
                if (newest == null) {
                    tellChangedState(System.nanoTime());
                }
            }
        } catch (InterruptedException _) {
            // the last viewer left
        }
    }

    private void handle(StreamSignal signal) {
        switch (signal) {
            case StreamSignal.Unit(AccessUnit unit) -> {
                if (fragmenter != null) {
                    fragmenter.add(unit);
                }
            }
            case StreamSignal.FormatChanged(StreamFormat format) -> begin(format);
            case StreamSignal.Gap _ -> {
                if (fragmenter != null) {
                    fragmenter.flush();
                    messages.flush();
                }
                forgetGop();
            }
            case StreamSignal.Ended _ -> end();
        }
    }

    private void begin(StreamFormat format) {
        end();
        BrowserFragmenter next =
                BrowserFragmenter.immediate(
                        format, fragment -> messages.add(fragment, viewers.size()));
        synchronized (lock) {
            fragmenter = next;
            toldState = null;
            String text = initText(next);
            for (LiveViewer viewer : viewers) {
                viewer.offerInit(text, next.init().bytes().buffer());
            }
        }
        viewers.forEach(LiveViewer::pump);
    }

    private void end() {
        BrowserFragmenter before = fragmenter;
        if (before != null) {
            before.flush();
            messages.flush();
        }
        forgetGop();
        synchronized (lock) {
            fragmenter = null;
        }
        newest = null;
    }

    private void forgetGop() {
        synchronized (lock) {
            gop.clear();
            gopBytes = 0;
        }
    }

    private void publish(LiveFragment fragment) {
        newest = fragment;
        long now = System.nanoTime();
        tellTime(fragment, now);
        List<LiveViewer> tooSlow = List.of();
        synchronized (lock) {
            keep(fragment);
            for (LiveViewer viewer : viewers) {
                if (viewer.offer(fragment, this::droppedText)) {
                    tooSlow = new ArrayList<>(tooSlow);
                    tooSlow.add(viewer);
                }
            }
        }
        for (LiveViewer viewer : tooSlow) {
            viewers.remove(viewer);
            viewer.dismiss(LiveViewer.TOO_SLOW, "too slow too often");
        }
        viewers.forEach(LiveViewer::pump);
        tellStats(now);
    }

    private void keep(LiveFragment fragment) {
        if (fragment.keyFrame()) {
            gop.clear();
            gopBytes = 0;
        } else if (gop.isEmpty()) {
            return;
        }
        gop.add(fragment);
        gopBytes += fragment.sizeBytes();
        if (gopBytes > CACHE_BYTES) {
            gop.clear();
            gopBytes = 0;
        }
    }

    /// Goes out with the fragment, in one write.
    private void tellTime(LiveFragment fragment, long now) {
        if (now - timeToldNanos < TIME_EVERY_NANOS) {
            return;
        }
        timeToldNanos = now;
        String text = encoder.apply(new LiveMessage.Time(fragment.media(), fragment.wallTime()));
        viewers.forEach(viewer -> viewer.offerText(text));
    }

    /// Goes out with the next fragment, in one write.
    private void tellStats(long nowNanos) {
        if (nowNanos - statsToldNanos < STATS_EVERY_NANOS) {
            return;
        }
        statsToldNanos = nowNanos;
        StreamState.Figures figures = state.get().map(StreamState::figures).orElse(null);
        Instant now = clock.instant();
        for (LiveViewer viewer : viewers) {
            Instant sent = viewer.newestSent();
            var stats =
                    new LiveMessage.Stats(
                            figures == null ? 0 : figures.fps(),
                            figures == null ? 0 : figures.bitrateBps(),
                            viewer.dropped(),
                            sent == null ? Duration.ZERO : Duration.between(sent, now));
            viewer.offerText(encoder.apply(stats));
        }
    }

    private void tellChangedState(long now) {
        StreamState current = state.get().orElse(null);
        if (current == null) {
            return;
        }
        synchronized (lock) {
            boolean changed = toldState == null || !same(toldState, current);
            if (fragmenter != null || (!changed && now - stateToldNanos < STATE_EVERY_NANOS)) {
                return;
            }
            stateToldNanos = now;
            toldState = current;
            tellState(current, viewers);
        }
        viewers.forEach(LiveViewer::pump);
    }

    private void tellState(StreamState current, List<LiveViewer> to) {
        String text = encoder.apply(new LiveMessage.State(current));
        to.forEach(viewer -> viewer.offerText(text));
    }

    private static boolean same(StreamState told, StreamState current) {
        return told.phase() == current.phase() && told.since().equals(current.since());
    }

    private String initText(BrowserFragmenter current) {
        return encoder.apply(
                new LiveMessage.Init(
                        current.init().mime(), current.cameraFormat(), clock.instant()));
    }

    private String droppedText(long count) {
        return encoder.apply(new LiveMessage.Dropped(count));
    }
}
