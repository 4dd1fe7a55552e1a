package id.pantau.server.camera;

import id.pantau.media.hub.Rounds;
import id.pantau.media.hub.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Examines every enabled camera once a night, one after another on a thread of its own, so that
/// neither the network nor a recorder notices. A server that is restarted during the night goes on
/// with those that are left; one that was down all night waits for the next.
public final class NightlyChecks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NightlyChecks.class);

    /// Short, since the clock may be set.
    static final Duration EVERY = Duration.ofSeconds(30);

    /// Later than this after its beginning a night is over.
    static final Duration NIGHT = Duration.ofHours(3);

    private final Cameras cameras;
    private final CameraChecks checks;
    private final Supplier<CheckTime> time;
    private final Clock clock;
    private final Rounds rounds;
    private @Nullable Instant done; // the beginning of the night that is done; this thread only

    /// @param time asked anew each time
    public NightlyChecks(
            Cameras cameras,
            CameraChecks checks,
            Supplier<CheckTime> time,
            Sleeper sleeper,
            Clock clock) {
        this.cameras = cameras;
        this.checks = checks;
        this.time = time;
        this.clock = clock;
        this.rounds = new Rounds("nightly-checks", EVERY, sleeper, this::look);
    }

    public void start() {
        rounds.start();
    }

    /// When the next one begins; null when it is switched off.
    public @Nullable Instant next() {
        return time.get().next(clock.instant()).orElse(null);
    }

    /// Ends an examination that runs.
    @Override
    public void close() {
        rounds.close();
    }

    private void look() throws InterruptedException {
        Instant now = clock.instant();
        Instant begin = time.get().latest(now).orElse(null);
        if (begin == null || begin.equals(done) || now.isAfter(begin.plus(NIGHT))) {
            return;
        }
        for (Camera camera : cameras.list()) {
            if (time.get().at() == null) {
                return; // switched off meanwhile
            }
            if (camera.enabled() && !checks.isChecked(camera.id(), begin, clock.instant())) {
                check(camera);
            }
        }
        done = begin;
    }

    private void check(Camera camera) throws InterruptedException {
        try {
            CheckedCamera found = checks.check(camera);
            LOG.debug("examined camera {}: {}", camera.id(), found.findings());
        } catch (CameraException e) {
            LOG.info("camera {} was not examined: {}", camera.id(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("camera {} was not examined", camera.id(), e);
        }
    }
}
