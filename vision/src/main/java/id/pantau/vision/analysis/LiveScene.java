package id.pantau.vision.analysis;

import id.pantau.vision.Frame;
import id.pantau.vision.detect.Detector;
import id.pantau.vision.detect.ModelException;
import id.pantau.vision.health.HealthChange;
import id.pantau.vision.health.Quality;
import id.pantau.vision.health.SceneHealth;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.track.Look;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// A camera's analysis while its pictures come, with a detector that may be busy elsewhere: the
/// thread that decodes looks for motion and goes on; frames worth more wait for the detector, the
/// newest of them with its picture, the others with what moved in them. Objects are followed
/// through all of them in their order, late rather than wrong.
public final class LiveScene implements DetectorPool.Customer, AutoCloseable {
    /// Who hears what was seen, on the decoding thread or one of the pool's, one call at a time. It
    /// does not wait for anybody.
    public interface Listener {
        void observed(Observation observation, Rates rates);

        void shot(Shot shot);

        /// On the decoding thread, whatever the others do.
        void health(HealthChange change);

        /// Of the minute that has just ended, on the decoding thread.
        ///
        /// @param at of the frame that is the first of the next minute
        void quality(Quality quality, Duration at);
    }

    /// The decoder's frame that the scene has kept.
    @FunctionalInterface
    public interface Keeper {
        /// The frame that was given is not written to any more.
        void keep();
    }

    private record Step(Duration at, Motion motion, @Nullable Frame frame) {}

    /// With more the detector is hopelessly late: objects are followed without it meanwhile.
    private static final int MOST_STEPS = 60;

    private final SceneAnalysis scene;
    private final @Nullable DetectorPool pool;
    private final double weight;
    private final Duration betweenLooks;
    private final Listener listener;
    private Duration nextLook = Duration.ZERO; // the decoding thread
    private final SceneHealth health = new SceneHealth(); // the decoding thread
    private @Nullable Quality told; // the decoding thread
    private final BestShots shots = new BestShots(); // whoever advances
    private final Object lock = new Object(); // guards what follows
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private boolean advancing;
    private boolean closed;
    private @Nullable RuntimeException failure; // of a turn
    private long frames;
    private long moved;
    private long looked;
    private long found;
    private long passedOver;

    /// @param pool null: motion alone; stays the caller's
    /// @param betweenLooks so much time passes at least from one look of the detector to the next,
    ///   unless something new has come
    public LiveScene(
            SceneAnalysis scene,
            @Nullable DetectorPool pool,
            double weight,
            Duration betweenLooks,
            Listener listener) {
        this.scene = scene;
        this.pool = pool;
        this.weight = weight;
        this.betweenLooks = betweenLooks;
        this.listener = listener;
        if (pool != null) {
            pool.enter(this);
        }
    }

    /// The next frame, on the thread that decodes.
    ///
    /// @param at media time; not before the frame before
    /// @param keeper told when the scene needs the frame for longer than this call
    /// @throws IllegalStateException when the analysis has failed on a thread of the pool
    public void take(Frame frame, Duration at, Keeper keeper) {
        Motion motion = scene.move(frame, at);
        lookAtHealth(frame, at);
        boolean wanted = pool != null && scene.isWorthLooking(motion) && isDue(at);
        var step = new Step(at, motion, wanted ? frame : null);
        if (wanted) {
            keeper.keep();
        }
        synchronized (lock) {
            if (failure != null) {
                throw new IllegalStateException("the analysis failed: " + failure, failure);
            }
            frames++;
            moved += motion.blobs().isEmpty() ? 0 : 1;
            if (wanted) {
                forgetFrame();
            }
            steps.add(step);
            if (advancing) {
                return; // whoever does will see it
            }
            advancing = true;
        }
        advanceUntilAwaited(step, frame);
    }

    /// Named objects are carried by their motion from one look to the next.
    private boolean isDue(Duration at) {
        boolean due = at.compareTo(nextLook) >= 0 || scene.hasNews(at);
        if (due) {
            nextLook = at.plus(betweenLooks);
        }
        return due;
    }

    private void lookAtHealth(Frame frame, Duration at) {
        health.look(frame, at).forEach(listener::health);
        Quality minute = health.quality().orElse(null);
        if (minute != null && minute != told) {
            told = minute;
            listener.quality(minute, at);
        }
    }

    /// The newest frame wins: what waits already is followed by its motion alone.
    private void forgetFrame() {
        int count = steps.size();
        for (int i = 0; i < count; i++) {
            Step step = steps.remove();
            passedOver += step.frame() == null ? 0 : 1;
            steps.add(step.frame() == null ? step : new Step(step.at(), step.motion(), null));
        }
    }

    private boolean isAwaited() {
        return steps.stream().anyMatch(step -> step.frame() != null);
    }

    @Override
    public double weight() {
        return weight;
    }

    /// Looks at the newest frame and follows objects up to it.
    @Override
    public void serve(Detector detector) {
        var before = new ArrayList<Step>();
        Step newest;
        Frame frame;
        synchronized (lock) {
            if (advancing || closed || !isAwaited()) {
                return; // whoever advances asks again
            }
            advancing = true;
            newest = steps.remove();
            while ((frame = newest.frame()) == null) {
                before.add(newest);
                newest = steps.remove();
            }
        }
        try {
            before.forEach(step -> advance(step, null, null)); // where things are is where to look
            advance(newest, detect(detector, frame, newest.motion()), frame);
            advanceUntilAwaited(null, null);
        } catch (RuntimeException e) {
            synchronized (lock) {
                failure = e;
            }
        }
    }

    private @Nullable Look detect(Detector detector, Frame frame, Motion moved) {
        try {
            Look look = scene.detect(detector, frame, moved);
            synchronized (lock) {
                looked++;
                found += look.detections().isEmpty() ? 0 : 1;
            }
            return look;
        } catch (ModelException e) {
            System.getLogger(LiveScene.class.getName())
                    .log(System.Logger.Level.ERROR, "the detector failed: " + e.getMessage());
            return null;
        }
    }

    /// Follows what waits for no detector, and leaves the rest to it. Whoever advances does so
    /// alone, and outside the lock.
    ///
    /// @param now the step whose picture is still there, and the picture; null for none
    private void advanceUntilAwaited(@Nullable Step now, @Nullable Frame frame) {
        while (true) {
            Step step;
            synchronized (lock) {
                if (steps.isEmpty() || (isAwaited() && steps.size() <= MOST_STEPS)) {
                    advancing = false;
                    if (!steps.isEmpty() && pool != null) {
                        pool.ask(this);
                    }
                    return;
                }
                step = steps.remove();
                passedOver += step.frame() == null ? 0 : 1;
            }
            advance(step, null, step == now ? frame : null);
        }
    }

    private void advance(Step step, @Nullable Look look, @Nullable Frame frame) {
        Observation observation = scene.advance(step.at(), step.motion(), look);
        shots.leave(observation.tracks()).forEach(listener::shot); // while their objects are known
        listener.observed(observation, rates());
        shots.look(step.at(), observation.tracks(), frame).forEach(listener::shot);
    }

    private Rates rates() {
        synchronized (lock) {
            return new Rates(frames, moved, looked, found, passedOver);
        }
    }

    /// The pool asks no more; a turn that runs may still be heard.
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        if (pool != null) {
            pool.leave(this);
        }
    }
}
