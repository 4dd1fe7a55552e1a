package id.pantau.vision.worker;

import id.pantau.media.AccessUnit;
import id.pantau.media.hub.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The server's side of the worker: starts it when the first job comes, starts it again when it has
/// died, a little later each time, and ends it with [#close]. Loads no native code. Thread-safe.
public final class WorkerProcess implements VisionJobs, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkerProcess.class.getName());

    /// What the child prints when it listens.
    static final String READY = "worker ready";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// A life this long, from when it listened, forgives earlier deaths: a worker that dies at
    /// once, again and again, is to be left alone, one that dies now and then is missed.
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(2);

    private final WorkerCommand command;
    private final @Nullable Path home;
    private final Backoff backoff;
    private final AtomicLong numbers = new AtomicLong();
    private final ReentrantLock starting = new ReentrantLock(); // held while a child starts
    private @Nullable WorkerFolder folder; // these three: under the lock
    private @Nullable RunningWorker worker;
    private long notBeforeNanos = System.nanoTime();
    private volatile boolean closed;

    /// @param home where the folder of its socket is made, if the path is short enough; null: among
    ///   the temporary files. No two processes may share it
    public WorkerProcess(WorkerCommand command, @Nullable Path home, RandomGenerator random) {
        this.command = command;
        this.home = home;
        this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
    }

    /// Begins a job; starts the worker where none runs, which takes about a second.
    ///
    /// @throws WorkerUnavailableException when there is none: it died a moment ago, or cannot be
    ///   started
    public WorkerJob open(PullRequest request)
            throws WorkerUnavailableException, InterruptedException {
        RunningWorker running = started();
        try {
            return running.open(numbers.incrementAndGet(), request);
        } catch (IOException _) {
            throw silent();
        }
    }

    /// As [#open(PullRequest)].
    public WorkerTranscode open(TranscodeRequest request)
            throws WorkerUnavailableException, InterruptedException {
        RunningWorker running = started();
        try {
            return running.open(numbers.incrementAndGet(), request);
        } catch (IOException _) {
            throw silent();
        }
    }

    /// As [#open(PullRequest)].
    @Override
    public WorkerAnalysis open(AnalyseRequest request)
            throws WorkerUnavailableException, InterruptedException {
        RunningWorker running = started();
        try {
            return running.open(numbers.incrementAndGet(), request);
        } catch (IOException _) {
            throw silent();
        }
    }

    /// Makes a JPEG of a picture; takes some milliseconds, or a second where no worker runs.
    ///
    /// @param picture a key frame of the stream that the request describes
    /// @throws WorkerUnavailableException as [#open(PullRequest)]
    /// @throws IOException when the picture cannot be decoded; the message says why
    @Override
    public byte[] still(StillRequest request, AccessUnit picture)
            throws WorkerUnavailableException, IOException, InterruptedException {
        return started().still(numbers.incrementAndGet(), request, picture);
    }

    /// A job whose bytes are passed on as they are.
    record Relayed(long number, RunningWorker worker, Link link) {}

    /// As [#open(PullRequest)].
    Relayed relay(JobRequest request) throws WorkerUnavailableException, InterruptedException {
        RunningWorker running = started();
        long number = numbers.incrementAndGet();
        try {
            return new Relayed(number, running, running.relay(number, request));
        } catch (IOException _) {
            throw silent();
        }
    }

    private RunningWorker started() throws WorkerUnavailableException, InterruptedException {
        starting.lockInterruptibly();
        try {
            return running();
        } finally {
            starting.unlock();
        }
    }

    private static WorkerUnavailableException silent() {
        return new WorkerUnavailableException(
                "FFmpeg's process does not answer; it is tried again.");
    }

    /// The process that runs at present, if one does.
    public OptionalLong pid() {
        starting.lock();
        try {
            return worker != null && worker.isAlive()
                    ? OptionalLong.of(worker.pid())
                    : OptionalLong.empty();
        } finally {
            starting.unlock();
        }
    }

    /// Ends every job with the process.
    @Override
    public void close() {
        closed = true;
        starting.lock();
        try {
            if (worker != null) {
                worker.end();
                worker = null;
            }
            deleteFolder();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the folder of the worker stays", e);
        } finally {
            starting.unlock();
        }
    }

    private void deleteFolder() throws IOException {
        WorkerFolder old = folder;
        folder = null;
        if (old != null) {
            old.delete();
        }
    }

    private RunningWorker running() throws WorkerUnavailableException, InterruptedException {
        RunningWorker known = worker;
        if (known != null && known.isAlive()) {
            return known;
        }
        if (closed) {
            throw new WorkerUnavailableException("The server is shutting down.");
        }
        if (known != null) {
            worker = null;
            mourn(known);
        }
        long wait = notBeforeNanos - System.nanoTime();
        if (wait > 0) {
            throw new WorkerUnavailableException(
                    "FFmpeg's process died; it is started again in %d s."
                            .formatted(Math.max(1, Duration.ofNanos(wait).toSeconds())));
        }
        try {
            deleteFolder();
            WorkerFolder fresh = WorkerFolder.in(home);
            folder = fresh;
            RunningWorker started = RunningWorker.start(command, fresh);
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "FFmpeg''s process {0} started",
                    String.valueOf(started.pid()));
            worker = started;
            return started;
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "FFmpeg''s process does not start: {0}",
                    e.getMessage());
            notBeforeNanos = System.nanoTime() + backoff.next().toNanos();
            throw new WorkerUnavailableException("FFmpeg's process cannot be started.");
        }
    }

    private void mourn(RunningWorker dead) throws InterruptedException {
        dead.awaitDeath(); // so that its crash report is read before the folder is made anew
        if (dead.served().compareTo(HEALTHY_AFTER) > 0) {
            backoff.reset();
        }
        notBeforeNanos = System.nanoTime() + backoff.next().toNanos();
    }
}
