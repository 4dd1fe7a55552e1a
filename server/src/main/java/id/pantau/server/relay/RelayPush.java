package id.pantau.server.relay;

import id.pantau.media.StreamEnd;
import id.pantau.media.hub.Backoff;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.rtmp.RtmpCatalog;
import id.pantau.media.rtmp.RtmpPush;
import id.pantau.media.rtsp.RtspPushAttempt;
import id.pantau.media.rtsp.RtspTimeouts;
import id.pantau.server.camera.CameraException;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.StreamLease;
import id.pantau.server.live.FlvSources;
import id.pantau.server.relay.RelayState.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one relay going: waits for the camera's media, pushes until that ends, pauses, and begins
/// again. Runs on a virtual thread of its own until it is closed.
final class RelayPush implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayPush.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// A push that lasted so long forgives earlier failures.
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(10);

    private static final Duration LOOK_FOR_MEDIA = Duration.ofMillis(500);

    /// About eight seconds of a busy camera.
    private static final int QUEUE_BYTES = 4 << 20;

    /// What every relay needs.
    ///
    /// @param addresses which hosts may be connected to
    record Means(
            CameraStreams streams,
            FlvSources flv,
            RelayAddresses addresses,
            Sleeper sleeper,
            RandomGenerator random,
            Clock clock) {}

    private final Relay relay;
    private final Means means;
    private final Backoff backoff;
    private final Thread thread;
    private volatile RelayState state;
    private volatile LongSupplier sending = () -> 0;
    private volatile @Nullable Instant pushingSince;
    private long sentBefore; // the thread's own

    private RelayPush(Relay relay, Means means) {
        this.relay = relay;
        this.means = means;
        this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, means.random());
        this.state = new RelayState(Phase.NO_MEDIA, means.clock().instant(), null, null, 0);
        this.thread = Thread.ofVirtual().name("relay-" + relay.id()).unstarted(this::run);
    }

    static RelayPush start(Relay relay, Means means) {
        var push = new RelayPush(relay, means);
        push.thread.start();
        return push;
    }

    RelayState state() {
        RelayState now = state;
        return new RelayState(
                now.phase(),
                now.since(),
                now.lastEnd(),
                now.nextAttemptAt(),
                now.sentBytes() + sending.getAsLong());
    }

    /// Ends the push and waits until its connection is closed.
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
        try (StreamLease lease = means.streams().watch(relay.camera(), relay.stream())) {
            while (true) {
                awaitMedia(lease.hub());
                StreamEnd end = pushOnce(lease.hub());
                Duration pause = backoff.next();
                Instant now = means.clock().instant();
                LOG.info(
                        "relay {} to {} ended: {}",
                        relay.id(),
                        relay.target().shown(),
                        end.detail());
                state = new RelayState(Phase.WAITING, now, end, now.plus(pause), sentBefore);
                means.sleeper().sleep(pause);
            }
        } catch (CameraException _) {
            // the camera was removed, and the relay is about to be
        } catch (InterruptedException _) {
            // closed
        }
    }

    /// Nobody is called before there is something to say: a publisher without media comes and goes
    /// at the other side.
    private void awaitMedia(StreamHub hub) throws InterruptedException {
        if (hub.format().isPresent()) {
            return;
        }
        tell(Phase.NO_MEDIA);
        while (hub.format().isEmpty()) {
            means.sleeper().sleep(LOOK_FOR_MEDIA);
        }
    }

    private StreamEnd pushOnce(StreamHub hub) throws InterruptedException {
        tell(Phase.CONNECTING);
        Optional<String> refusal = means.addresses().findRefusal(relay.target());
        if (refusal.isPresent()) {
            return new StreamEnd(StreamEnd.Reason.URL_REFUSED, refusal.get());
        }
        pushingSince = null;
        try {
            return switch (relay.target()) {
                case RelayTarget.Rtmp rtmp -> pushRtmp(rtmp);
                case RelayTarget.Rtsp rtsp -> pushRtsp(rtsp, hub);
            };
        } catch (RuntimeException broken) {
            // A fault of ours costs one try, never the relay.
            LOG.error("a try to push relay {} failed", relay.id(), broken);
            return new StreamEnd(
                    StreamEnd.Reason.PROTOCOL_ERROR,
                    "internal error: " + broken.getClass().getName());
        } finally {
            Instant since = pushingSince;
            if (since != null && !means.clock().instant().isBefore(since.plus(HEALTHY_AFTER))) {
                backoff.reset();
            }
            sentBefore += sending.getAsLong();
            sending = () -> 0;
        }
    }

    private StreamEnd pushRtmp(RelayTarget.Rtmp rtmp) throws InterruptedException {
        var push = new RtmpPush(rtmp.target(), RtmpPush.Timeouts.DEFAULT, QUEUE_BYTES);
        sending = push::sentBytes;
        RtmpCatalog.Stream stream = means.flv().stream(relay.camera(), relay.stream());
        return push.run(means.flv().shared(), stream.name(), stream.source(), this::pushing);
    }

    private StreamEnd pushRtsp(RelayTarget.Rtsp rtsp, StreamHub hub) throws InterruptedException {
        var push = new RtspPushAttempt(rtsp.target(), RtspTimeouts.DEFAULT);
        sending = push::sentBytes;
        return push.run(hub, this::pushing);
    }

    private void pushing() {
        pushingSince = means.clock().instant();
        tell(Phase.PUSHING);
        LOG.info("relay {} pushes to {}", relay.id(), relay.target().shown());
    }

    private void tell(Phase phase) {
        state = new RelayState(phase, means.clock().instant(), state.lastEnd(), null, sentBefore);
    }
}
