package id.pantau.vision.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One life of the worker, from its start to its death. Thread-safe.
final class RunningWorker implements JobEnds {
    private static final System.Logger LOG = System.getLogger(RunningWorker.class.getName());

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration END_LIMIT = Duration.ofSeconds(3);

    /// A crash report takes a moment to be written after the connections broke.
    private static final Duration DEATH_LIMIT = Duration.ofSeconds(5);

    private static final int MAX_LOGGED_LINES = 100;
    private static final int MAX_LOGGED_LENGTH = 300;

    /// What the environment may tell the child; settings hold passwords.
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    /// @param guilty the job that killed it, where that is known
    record Death(int exitCode, OptionalLong guilty) {
        boolean isBecauseOf(long job) {
            return guilty.isPresent() && guilty.getAsLong() == job;
        }
    }

    private final WorkerFolder folder;
    private final Process process;
    private final long startedNanos = System.nanoTime();
    private final Set<Long> jobs = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final CompletableFuture<Death> death = new CompletableFuture<>();
    private volatile long readyNanos = startedNanos;
    private volatile long diedNanos = Long.MAX_VALUE;
    private volatile boolean ended;

    private RunningWorker(WorkerFolder folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /// Returns when it listens.
    static RunningWorker start(WorkerCommand command, WorkerFolder folder)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command.line(folder)).redirectErrorStream(true);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        String classPath = command.classPath();
        if (classPath != null) {
            builder.environment().put("CLASSPATH", classPath);
        }
        var worker = new RunningWorker(folder, builder.start());
        Thread.ofVirtual().name("worker-output").start(worker::readOutput);
        Thread.ofVirtual().name("worker-death").start(worker::awaitExit);
        try {
            if (worker.ready.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return worker;
            }
        } catch (TimeoutException | ExecutionException _) {
            // the same as never being ready
        } catch (InterruptedException e) {
            worker.end();
            throw e;
        }
        worker.end();
        throw new IOException("it does not listen");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /// For how long it has listened, up to its death.
    Duration served() {
        return Duration.ofNanos(Math.min(System.nanoTime(), diedNanos) - readyNanos);
    }

    WorkerJob open(long number, PullRequest request) throws IOException {
        return new WorkerJob(number, this, new MediaFrames(connect(number, request)));
    }

    WorkerTranscode open(long number, TranscodeRequest request) throws IOException {
        return new WorkerTranscode(number, this, connect(number, request));
    }

    WorkerAnalysis open(long number, AnalyseRequest request) throws IOException {
        return new WorkerAnalysis(number, this, new Link.Local(connect(number, request)));
    }

    /// @return JPEG
    /// @throws IOException when it cannot be decoded, or the worker died of it
    byte[] still(long number, StillRequest request, AccessUnit picture) throws IOException {
        try (Link link = new Link.Local(connect(number, request))) {
            return StillProtocol.exchange(link, picture);
        } finally {
            jobs.remove(number);
        }
    }

    /// A job for somebody who passes its bytes on; [#forget] ends it.
    Link relay(long number, JobRequest request) throws IOException {
        return new Link.Local(connect(number, request));
    }

    private SocketChannel connect(long number, JobRequest request) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.socket()));
        try {
            jobs.add(number);
            ByteBuffer bytes = WorkerProtocol.request(number, request);
            while (bytes.hasRemaining()) {
                int unused = channel.write(bytes);
            }
            return channel;
        } catch (IOException e) {
            jobs.remove(number);
            channel.close();
            throw e;
        }
    }

    @Override
    public WorkerJob.Outcome outcome(long number, @Nullable StreamEnd said)
            throws InterruptedException {
        if (said != null) {
            return new WorkerJob.Outcome(said, false);
        }
        Death how = awaitDeath();
        if (how == null) {
            return new WorkerJob.Outcome(
                    new StreamEnd(
                            StreamEnd.Reason.READER_DIED,
                            "FFmpeg's process broke off the stream without a word."),
                    false);
        }
        boolean guilty = how.isBecauseOf(number);
        String what =
                guilty
                        ? "This stream killed FFmpeg's process."
                        : "FFmpeg's process died; it is started again.";
        return new WorkerJob.Outcome(new StreamEnd(StreamEnd.Reason.READER_DIED, what), guilty);
    }

    @Override
    public void forget(long job) {
        jobs.remove(job);
    }

    /// @return null when it does not die within a few seconds
    @Nullable Death awaitDeath() throws InterruptedException {
        try {
            return death.get(DEATH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ends the process and waits for that.
    void end() {
        ended = true;
        try {
            process.getOutputStream().close(); // which it takes for our end
            if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException _) {
            process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitExit() {
        int code;
        try {
            code = process.waitFor();
        } catch (InterruptedException _) {
            return; // nobody does
        }
        diedNanos = System.nanoTime();
        ready.complete(false);
        CrashReport report = CrashReport.take(folder.crashReport(process.pid()));
        Death how = new Death(code, report.job().isPresent() ? report.job() : theOnlyJob());
        if (!ended) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "FFmpeg''s process {0} ended with {1} after {2}, {3} streams were read; {4}",
                    String.valueOf(process.pid()),
                    code,
                    age(),
                    jobs.size(),
                    report.frame().isEmpty() ? "no crash report" : report.frame());
        }
        death.complete(how);
    }

    /// Killed without a report (out of memory): where only one job ran, it was that.
    private OptionalLong theOnlyJob() {
        Long[] running = jobs.toArray(Long[]::new);
        return running.length == 1 ? OptionalLong.of(running[0]) : OptionalLong.empty();
    }

    private void readOutput() {
        int logged = 0;
        try (var lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.equals(WorkerProcess.READY)) {
                    readyNanos = System.nanoTime();
                    ready.complete(true);
                } else if (isWorthLogging(line) && logged++ < MAX_LOGGED_LINES) {
                    LOG.log(System.Logger.Level.WARNING, "worker: {0}", shortened(line));
                }
            }
        } catch (IOException _) {
            // it died
        }
    }

    /// The lines with `#` are the beginning of a crash report, which is read as a whole.
    private static boolean isWorthLogging(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }

    private static String shortened(String line) {
        return line.length() > MAX_LOGGED_LENGTH ? line.substring(0, MAX_LOGGED_LENGTH) : line;
    }
}
