package id.pantau.server.camera;

import id.pantau.media.StreamEnd;
import id.pantau.media.hub.Backoff;
import id.pantau.media.hub.CacheBudget;
import id.pantau.media.hub.ConnectGate;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.hub.StreamAttempt;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.hub.StreamPuller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One stream of one camera: a hub that lives as long as the camera is known, and a puller that is
/// replaced whenever what it pulls changes, or a slot for a publisher. Readers of the hub notice a
/// change as an end and a new format, never as a new hub.
final class CameraStream implements AutoCloseable {
    /// What every stream of a server shares.
    record Means(
            StreamOpener opener,
            ConnectGate gate,
            Sleeper sleeper,
            RandomGenerator random,
            Clock clock,
            CacheBudget cacheBudget) {}

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// A stream that is not recorded goes on this long after its last viewer, who may only be
    /// reloading the page.
    static final Duration LINGER = Duration.ofSeconds(15);

    private final StreamName name;
    private final Means means;
    private final StreamHub hub;
    private final StreamMeter meter = new StreamMeter();
    private final Object lock = new Object(); // one change at a time: also while a puller ends
    private volatile @Nullable Camera camera;
    private volatile @Nullable StreamPuller puller;
    private final PublishSlot slot;
    private volatile Instant stoppedSince;
    private volatile Supplier<SessionFacts> facts = () -> SessionFacts.NONE;
    private volatile int viewers;
    private int holders; // that are no viewers; under the lock
    private int visit; // counts those that came, so that a late goodbye sees a newer visit
    private volatile boolean closed;

    CameraStream(CameraId id, StreamName name, Means means) {
        this.name = name;
        this.means = means;
        this.hub =
                new StreamHub(
                        "%s/%s".formatted(id, name.text()),
                        StreamHub.CacheLimits.DEFAULT,
                        means.cacheBudget());
        this.slot = new PublishSlot(hub, meter, means.sleeper(), means.clock());
        this.stoppedSince = means.clock().instant();
    }

    /// Whether the camera has such a stream.
    boolean exists() {
        Camera current = camera;
        return current != null && current.source(name).isPresent();
    }

    StreamHub hub() {
        return hub;
    }

    SessionFacts facts() {
        return facts.get();
    }

    /// Takes the camera's settings and pulls, goes on pulling, or stops, as they ask.
    void set(Camera next) {
        synchronized (lock) {
            boolean same = camera != null && pullsTheSame(camera, next);
            camera = next;
            if (!same) {
                stop();
            } else if (!wanted()) {
                stopPulling();
            }
            startIfWanted();
        }
    }

    /// Ends the running attempt and tries again at once.
    void restart() {
        synchronized (lock) {
            stop();
            startIfWanted();
        }
    }

    StreamLease watch() {
        return enter(1, 0);
    }

    /// As [#watch], for who is no viewer.
    StreamLease hold() {
        return enter(0, 1);
    }

    private StreamLease enter(int asViewer, int asHolder) {
        synchronized (lock) {
            viewers = viewers + asViewer;
            holders += asHolder;
            visit++;
            startIfWanted();
        }
        return new StreamLease(hub, () -> leave(asViewer, asHolder));
    }

    /// @return null when somebody publishes already, or this stream is not published
    @Nullable Publication publish() {
        synchronized (lock) {
            return takesPublisher(camera) ? slot.take() : null;
        }
    }

    /// Never waits for a change that is under way.
    StreamState state() {
        StreamPuller running = puller;
        Camera current = camera;
        int watching = viewers;
        if (running == null) {
            return takesPublisher(current) ? published(watching) : stopped(current, watching);
        }
        StreamPuller.State state = running.state();
        return switch (state.phase()) {
            case STREAMING ->
                    new StreamState(
                            StreamState.Phase.STREAMING,
                            state.since(),
                            null,
                            null,
                            hub.format().orElse(null),
                            figures(),
                            watching);
            case CONNECTING -> of(StreamState.Phase.CONNECTING, state, watching);
            case WAITING -> of(StreamState.Phase.WAITING, state, watching);
            case STOPPED -> of(StreamState.Phase.DISABLED, state, watching);
        };
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            stop();
        }
    }

    private StreamState stopped(@Nullable Camera current, int watching) {
        boolean possible = current != null && current.enabled() && current.source(name).isPresent();
        return new StreamState(
                possible ? StreamState.Phase.IDLE : StreamState.Phase.DISABLED,
                stoppedSince,
                null,
                null,
                null,
                null,
                watching);
    }

    private StreamState published(int watching) {
        PublishSlot.State state = slot.state();
        return state.publishing()
                ? new StreamState(
                        StreamState.Phase.STREAMING,
                        state.since(),
                        null,
                        null,
                        hub.format().orElse(null),
                        figures(),
                        watching)
                : new StreamState(
                        StreamState.Phase.WAITING,
                        state.since(),
                        state.lastEnd(),
                        null,
                        null,
                        null,
                        watching);
    }

    private boolean takesPublisher(@Nullable Camera current) {
        return !closed
                && current != null
                && current.enabled()
                && name != StreamName.TRANSCODE
                && current.source(name).filter(StreamSource::isPublished).isPresent();
    }

    private static StreamState of(StreamState.Phase phase, StreamPuller.State state, int viewers) {
        StreamEnd end = state.lastEnd();
        return new StreamState(
                phase, state.since(), end, state.nextAttemptAt(), null, null, viewers);
    }

    private StreamState.@Nullable Figures figures() {
        SessionFacts known = facts.get();
        return meter.latest()
                .map(reading ->
                        new StreamState.Figures(
                                reading.fps(),
                                reading.bitrateBps(),
                                reading.interval(),
                                known.packetsLost(),
                                known.clockOffset()))
                .orElse(null);
    }

    private boolean pullsTheSame(Camera before, Camera after) {
        return before.enabled() == after.enabled()
                && before.source(name).equals(after.source(name))
                && Objects.equals(before.username(), after.username())
                && Objects.equals(before.password(), after.password());
    }

    private boolean wanted() {
        Camera current = camera;
        return !closed
                && current != null
                && current.enabled()
                && current.source(name).filter(this::isPulled).isPresent()
                && (isRecorded(current) || viewers + holders > 0);
    }

    private boolean isPulled(StreamSource source) {
        return name == StreamName.TRANSCODE || !source.isPublished();
    }

    private boolean isRecorded(Camera current) {
        return name == StreamName.MAIN && current.recording().isEverOn();
    }

    private void startIfWanted() {
        Camera current = camera;
        if (puller != null || current == null || !wanted()) {
            return;
        }
        StreamSource source = current.source(name).orElseThrow();
        var next =
                new StreamPuller(
                        hub.name(),
                        hub,
                        () -> open(current, source),
                        means.gate(),
                        new Backoff(FIRST_PAUSE, LONGEST_PAUSE, means.random()),
                        means.sleeper(),
                        means.clock());
        puller = next;
        next.start();
    }

    private StreamAttempt open(Camera from, StreamSource source) {
        OpenedStream opened = means.opener().open(source, from.username(), from.password());
        facts = opened.facts();
        return meter.measured(opened.attempt());
    }

    private void stop() {
        slot.close();
        stopPulling();
    }

    private void stopPulling() {
        StreamPuller running = puller;
        if (running != null) {
            puller = null;
            stoppedSince = means.clock().instant();
            running.close();
        }
    }

    private void leave(int asViewer, int asHolder) {
        int left;
        synchronized (lock) {
            viewers = viewers - asViewer;
            holders -= asHolder;
            left = visit;
        }
        Thread.ofVirtual().name("linger-" + hub.name()).start(() -> stopIfStillUnwatched(left));
    }

    private void stopIfStillUnwatched(int left) {
        try {
            means.sleeper().sleep(LINGER);
        } catch (InterruptedException _) {
            return;
        }
        synchronized (lock) {
            if (visit == left && !wanted()) {
                stopPulling();
            }
        }
    }
}
