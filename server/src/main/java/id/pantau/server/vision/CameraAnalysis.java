package id.pantau.server.vision;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.hub.Backoff;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.hub.StreamFeed;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.hub.ThreadEnd;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraException;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.StreamLease;
import id.pantau.server.camera.StreamName;
import id.pantau.vision.detect.ModelCatalogue;
import id.pantau.vision.worker.AnalyseRequest;
import id.pantau.vision.worker.AnalysisMessage;
import id.pantau.vision.worker.WorkerAnalysis;
import id.pantau.vision.worker.WorkerJob;
import id.pantau.vision.worker.WorkerUnavailableException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The analysis of one camera, for as long as its settings stay as they are: takes its stream,
/// feeds the worker, hears what it sees, and begins anew when any of that breaks off.
final class CameraAnalysis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CameraAnalysis.class);

    /// What all analyses of a server share.
    record Means(
            CameraStreams streams,
            Workers workers,
            ModelSource models,
            AnalysisListener listener,
            Predicate<CameraId> watched,
            Sleeper sleeper,
            RandomGenerator random,
            Clock clock) {}

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// The worker has pauses of its own; whoever waits for it is there when it is.
    private static final Duration LONGEST_WAIT_FOR_WORKER = Duration.ofSeconds(1);

    private static final int MAX_KILLS = 3;

    /// What waits longer is out of date; a worker that is behind loses whole GOPs.
    private static final HubReader.Limits LIMITS = new HubReader.Limits(64, 8 << 20).withoutSound();

    /// What nobody waits for is looked at so often, all of its pictures: taking five at once costs
    /// about half of what taking one five times does. The same moments for all cameras.
    private static final Duration GATHER = Duration.ofSeconds(1);

    /// And so often where the detector is wanted.
    private static final Duration BUSY_GATHER = Duration.ofMillis(200);

    /// Pixels a second that a stream may have to be decoded whole where there is no small one.
    private static final double MOST_PIXELS_PER_S = 1280 * 720 * 15;

    private static final WorkerJob.Outcome MOVED =
            ended(StreamEnd.Reason.STOPPED, "It goes on with another worker.");

    private final Camera camera;
    private final Means with;
    private final Backoff backoff;
    private final Backoff absence; // of the worker
    private final Thread thread;
    private volatile AnalysisState state;
    private volatile @Nullable WorkerAnalysis running;
    private volatile @Nullable HubReader feeding;
    private volatile boolean busy; // something moves for which the detector is wanted
    private volatile boolean moving;
    private int kills; // this thread's, as what follows

    CameraAnalysis(Camera camera, Means with) {
        this.camera = camera;
        this.with = with;
        this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, with.random());
        this.absence = new Backoff(FIRST_PAUSE, LONGEST_WAIT_FOR_WORKER, with.random());
        this.state = AnalysisState.of(AnalysisState.Phase.WAITING, with.clock().instant(), null);
        this.thread = Thread.ofVirtual().name("analyse-" + camera.id()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    AnalysisState state() {
        return state;
    }

    /// Goes on with the worker where it is placed now.
    void move() {
        moving = true;
        WorkerAnalysis now = running;
        if (now != null) {
            now.close();
        }
    }

    /// Somebody watches what is seen from now on: nothing is held back any more.
    void hurry() {
        HubReader now = feeding;
        if (now != null) {
            now.hurry();
        }
    }

    private Duration untilTaken() {
        if (with.watched().test(camera.id())) {
            return Duration.ZERO;
        }
        long every = (busy ? BUSY_GATHER : GATHER).toNanos();
        return Duration.ofNanos(every - Math.floorMod(System.nanoTime(), every));
    }

    /// Ends it and waits for that.
    @Override
    public void close() {
        thread.interrupt();
        ThreadEnd.await(thread);
    }

    private void run() {
        try {
            while (kills < MAX_KILLS) {
                WorkerJob.Outcome outcome = attempt();
                with.listener().interrupted(camera);
                if (moving) {
                    moving = false;
                    continue; // at once: nothing failed
                }
                count(outcome);
                if (outcome.end().reason() == StreamEnd.Reason.SET_ASIDE) {
                    setAside(outcome.end().detail());
                    return;
                }
                become(
                        AnalysisState.of(
                                AnalysisState.Phase.WAITING, now(), outcome.end().detail()));
                boolean absent =
                        outcome.end().reason() == StreamEnd.Reason.READER_DIED
                                && !outcome.killedTheWorker();
                with.sleeper().sleep(absent ? absence.next() : backoff.next());
            }
            setAside(
                    "This camera's stream has killed the analysis %d times and is not tried until"
                                    .formatted(MAX_KILLS)
                            + " the camera is saved again.");
        } catch (InterruptedException _) {
            with.listener().interrupted(camera);
        } catch (RuntimeException e) {
            LOG.error("camera {}: its analysis failed", camera.id(), e);
            setAside("The analysis failed: " + e);
        } finally {
            with.workers().placement().left(camera.id());
        }
    }

    private void count(WorkerJob.Outcome outcome) {
        if (outcome.killedTheWorker()) {
            kills++;
        } else if (outcome.end().reason() != StreamEnd.Reason.READER_DIED) {
            kills = 0; // else it was not tried, or another stream's doing
        }
    }

    private void setAside(String detail) {
        LOG.warn("camera {}: analysis is set aside: {}", camera.id(), detail);
        become(AnalysisState.of(AnalysisState.Phase.SET_ASIDE, now(), detail));
    }

    /// One job of the worker, from its stream to its end.
    private WorkerJob.Outcome attempt() throws InterruptedException {
        StreamName name = camera.sub() == null ? StreamName.MAIN : StreamName.SUB;
        try (StreamLease lease = with.streams().hold(camera.id(), name);
                HubReader reader =
                        lease.hub()
                                .subscribe("analysis", LIMITS, StreamHub.Start.NEWEST_KEY_FRAME)) {
            StreamFormat format = awaitFormat(reader);
            VideoFormat video = format.video();
            return video == null
                    ? ended(StreamEnd.Reason.UNSUPPORTED_CODEC, "The stream has no picture.")
                    : analyse(reader, name, format, video);
        } catch (CameraException _) {
            return ended(StreamEnd.Reason.STOPPED, "The camera was removed.");
        }
    }

    private StreamFormat awaitFormat(HubReader reader) throws InterruptedException {
        become(
                AnalysisState.of(
                        AnalysisState.Phase.WAITING, now(), "Waiting for the camera's stream."));
        while (true) {
            if (reader.take() instanceof StreamSignal.FormatChanged(StreamFormat format)) {
                return format;
            }
        }
    }

    private WorkerJob.Outcome analyse(
            HubReader reader, StreamName name, StreamFormat format, VideoFormat video)
            throws InterruptedException {
        boolean keyFramesOnly = name == StreamName.MAIN && isTooMuch(video);
        ModelCatalogue.Found model =
                camera.vision().objects() ? with.models().current().orElse(null) : null;
        var request =
                AnalyseRequest.of(
                        video,
                        model == null ? null : model.file().toAbsolutePath(),
                        camera.vision().priority().weight(),
                        Scenes.of(camera.vision()));
        String sha256 = with.workers().sha256(model);
        moving = false;
        WorkPlace place =
                with.workers()
                        .placement()
                        .place(
                                camera.id(),
                                new Placement.Need(camera.vision().priority().weight(), sha256));
        try (WorkerAnalysis job = place.jobs().open(request.withModelSha256(sha256))) {
            running = job;
            if (moving) {
                job.close(); // meanwhile
            }
            busy = false;
            feeding = reader;
            var target = new Pictures(job, keyFramesOnly, this::untilTaken);
            StreamFeed feed = StreamFeed.start("feed-analysis", reader, format, target);
            become(
                    new AnalysisState(
                            AnalysisState.Phase.ANALYSING,
                            now(),
                            detail(keyFramesOnly, model),
                            name,
                            keyFramesOnly,
                            model == null ? null : model.descriptor().id(),
                            place.name(),
                            0,
                            0,
                            0));
            with.listener().begun(camera);
            try {
                hear(job, model != null);
                StreamEnd known = feed.end();
                if (known != null || moving) {
                    return known == null ? MOVED : new WorkerJob.Outcome(known, false);
                }
                WorkerJob.Outcome outcome = job.outcome();
                if (outcome.end().reason() == StreamEnd.Reason.READER_DIED) {
                    with.workers().placement().failed(camera.id(), place);
                }
                return outcome;
            } finally {
                running = null;
                feeding = null;
                job.close();
                feed.close();
            }
        } catch (WorkerUnavailableException e) {
            with.workers().placement().failed(camera.id(), place);
            return ended(StreamEnd.Reason.READER_DIED, e.sentence());
        }
    }

    private @Nullable String detail(boolean keyFramesOnly, ModelCatalogue.@Nullable Found model) {
        if (keyFramesOnly) {
            return "The camera has no small stream: its key frames alone are looked at, about one"
                    + " picture in two seconds. Add the sub stream to see more.";
        }
        return model == null && camera.vision().objects()
                ? "There is no model on this server: motion alone, objects have no names."
                : null;
    }

    private static boolean isTooMuch(VideoFormat video) {
        double fps = video.fps() > 0 ? video.fps() : 25;
        return video.widthPx() * video.heightPx() * fps > MOST_PIXELS_PER_S;
    }

    private void hear(WorkerAnalysis job, boolean named) throws InterruptedException {
        var meter = new RateMeter();
        try {
            for (AnalysisMessage message; (message = job.next()) != null; ) {
                switch (message) {
                    case AnalysisMessage.Seen(var sighting) -> {
                        backoff.reset();
                        absence.reset();
                        if (named && sighting.observation().moves() != busy) {
                            busy = !busy;
                            hurry(); // or rest, as soon as nothing waits
                        }
                        with.listener().seen(camera, sighting, named);
                        RateMeter.Reading reading = meter.add(sighting.rates(), System.nanoTime());
                        if (reading != null) {
                            become(
                                    state.rates(
                                            reading.fps(),
                                            reading.lookedFps(),
                                            reading.passedOverFps()));
                        }
                    }
                    case AnalysisMessage.Shot shot -> with.listener().shot(camera, shot);
                    case AnalysisMessage.HealthChanged change ->
                            with.listener().healthChanged(camera, change);
                    case AnalysisMessage.Quality quality ->
                            with.listener().minuteEnded(camera, quality);
                }
            }
        } catch (ClosedByInterruptException _) {
            throw new InterruptedException();
        } catch (IOException _) {
            // the job is over, or the worker died
        }
    }

    private void become(AnalysisState next) {
        state = next;
    }

    private Instant now() {
        return with.clock().instant();
    }

    private static WorkerJob.Outcome ended(StreamEnd.Reason reason, String sentence) {
        return new WorkerJob.Outcome(new StreamEnd(reason, sentence), false);
    }

    /// @param keyFramesOnly leaves out what lies between them
    private record Pictures(
            WorkerAnalysis job, boolean keyFramesOnly, Supplier<Duration> untilTaken)
            implements StreamFeed.Target {
        @Override
        public void flush() throws IOException {
            job.flush();
        }

        @Override
        public Duration rest() {
            return untilTaken.get();
        }

        @Override
        public void unit(AccessUnit unit) throws IOException, InterruptedException {
            if (unit.isVideo() && (unit.keyFrame() || !keyFramesOnly)) {
                job.send(unit);
            }
        }

        @Override
        public void end() {
            job.endInput();
        }
    }
}
