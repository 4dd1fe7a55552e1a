package id.pantau.vision.worker;

import id.pantau.media.hub.Backoff;
import id.pantau.media.hub.Sleeper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A worker's own side, on its machine: connects to a server, takes jobs of analysis from it, and
/// connects again whenever that breaks off. The jobs run in a child process, as the server's own
/// do; here their bytes are passed on. Connects and is never connected to.
public final class VisitingWorker {
    /// @param capacity cameras it is willing to analyse
    public record Settings(String host, int port, int capacity, WorkerIdentity identity) {}

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int CONNECT_LIMIT_MS = 10_000;

    private final Settings settings;
    private final WorkerProcess process;
    private final RemoteModels models;
    private final Consumer<String> say;
    private final Sleeper sleeper;
    private final Backoff backoff;
    private final SSLContext tls;
    private String last = ""; // said; the loop's thread

    /// @param process of this machine; stays the caller's
    /// @param say is given a line for each change, on any thread
    public VisitingWorker(
            Settings settings,
            WorkerProcess process,
            RemoteModels models,
            Consumer<String> say,
            Sleeper sleeper,
            RandomGenerator random) {
        this.settings = settings;
        this.process = process;
        this.models = models;
        this.say = say;
        this.sleeper = sleeper;
        this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
        this.tls = settings.identity().context();
    }

    /// Works until its thread is interrupted.
    public void run() throws InterruptedException {
        while (true) {
            String why = visit();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            sayOnce(why + "; it is tried again and again");
            sleeper.sleep(backoff.next());
        }
    }

    /// The same failure a thousand times is one line.
    private void sayOnce(String line) {
        if (!line.equals(last)) {
            last = line;
            say.accept(line);
        }
    }

    private String server() {
        return settings.host() + ":" + settings.port();
    }

    /// One connection, from its beginning to its end.
    ///
    /// @return why it ended
    private String visit() {
        boolean welcome = false;
        try (Link.Secure control =
                connect(RemoteProtocol.CONTROL, settings.capacity(), RemoteProtocol.SILENCE)) {
            String refusal = RemoteProtocol.readAnswer(control.input());
            if (refusal != null) {
                return "the server %s refuses this worker: %s"
                        .formatted(server(), refusal.replaceFirst("\\.$", ""));
            }
            welcome = true;
            backoff.reset();
            sayOnce(
                    "connected to %s as %s, for %d cameras"
                            .formatted(server(), settings.identity().name(), settings.capacity()));
            new Visit(control).attend();
            return "the connection to %s has ended".formatted(server());
        } catch (IOException e) {
            return welcome ? "the connection to %s is lost".formatted(server()) : text(e);
        }
    }

    private String text(IOException e) {
        return switch (e) {
            case UnknownHostException _ ->
                    "the name %s is not known here".formatted(settings.host());
            case ConnectException _, SocketTimeoutException _ ->
                    "%s does not answer: is the server up, and its workers' port (PANTAU_WORKER_PORT) open?"
                            .formatted(server());
            case SSLException _ ->
                    "%s and this worker do not trust each other (%s): the key file is another server's, or a clock is wrong"
                            .formatted(server(), e.getMessage());
            default -> "no worker is served at %s (%s)".formatted(server(), e.getMessage());
        };
    }

    private Link.Secure connect(int kind, long number, Duration silence) throws IOException {
        var raw = new Socket();
        try {
            raw.connect(new InetSocketAddress(settings.host(), settings.port()), CONNECT_LIMIT_MS);
            raw.setTcpNoDelay(true);
            raw.setKeepAlive(true);
            raw.setSoTimeout((int) silence.toMillis());
            SSLSocket secure = WorkerTls.over(raw, tls, true);
            secure.startHandshake();
            secure.getOutputStream().write(RemoteProtocol.hello(kind, number));
            return new Link.Secure(raw, secure);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /// While a server is connected.
    private final class Visit {
        private static final int MOST_JOBS = 256;
        private static final int MAX_CONTROL_BYTES = 64 << 10;

        private final Link.Secure control;
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final Set<Link> open = ConcurrentHashMap.newKeySet();
        private final AtomicInteger jobs = new AtomicInteger();
        private final Object writing = new Object(); // one frame after the other
        private volatile @Nullable WantedModel model;
        private volatile String found = ""; // SHA-256 of the model

        Visit(Link.Secure control) {
            this.control = control;
        }

        /// Until it breaks off.
        void attend() throws IOException {
            Thread reporting = Thread.ofVirtual().name("worker-report").start(this::report);
            try {
                var frames = new FrameReader(control.input(), MAX_CONTROL_BYTES);
                for (FrameReader.RawFrame frame; (frame = frames.next()) != null; ) {
                    obey(frame);
                }
            } finally {
                reporting.interrupt();
                control.close();
                open.forEach(Link::close);
                threads.shutdownNow();
                threads.close();
            }
        }

        private void obey(FrameReader.RawFrame frame) throws IOException {
            switch (frame.type()) {
                case RemoteProtocol.PING -> {}
                case RemoteProtocol.MODEL -> {
                    WantedModel next = RemoteProtocol.model(frame.body());
                    model = next;
                    found = "";
                    threads.execute(() -> look(next));
                }
                case RemoteProtocol.OPEN -> {
                    long number = RemoteProtocol.number(frame.body());
                    threads.execute(() -> work(number));
                }
                default -> throw new IOException("a frame of type " + frame.type());
            }
        }

        /// Looks for the model until it is there.
        private void look(@Nullable WantedModel wanted) {
            if (wanted == null) {
                return;
            }
            boolean missed = false;
            try {
                while (wanted.equals(model)) {
                    if (models.find(wanted.file(), wanted.sha256()).isPresent()) {
                        found = wanted.sha256();
                        say.accept("the model " + wanted + " is here");
                        return;
                    }
                    if (!missed) {
                        missed = true;
                        say.accept(
                                "the model %s is not here: put its file into %s. Until then no camera that looks for objects comes here"
                                        .formatted(wanted, folders()));
                    }
                    sleeper.sleep(Duration.ofSeconds(5));
                }
            } catch (InterruptedException _) {
                // the visit is over
            }
        }

        private String folders() {
            return models.folders().size() > 1
                    ? models.folders().get(models.folders().size() - 2).toString()
                    : models.folders().toString();
        }

        private void report() {
            try {
                while (true) {
                    var system = ManagementFactory.getOperatingSystemMXBean();
                    double average = system.getSystemLoadAverage();
                    double load = average < 0 ? -1 : average / system.getAvailableProcessors();
                    send(
                            RemoteProtocol.LOAD,
                            RemoteProtocol.loadBody(new WorkerLoad(jobs.get(), load, found)));
                    sleeper.sleep(RemoteProtocol.EVERY);
                }
            } catch (InterruptedException | IOException _) {
                control.close();
            }
        }

        private void send(int type, ByteBuffer body) throws IOException {
            synchronized (writing) {
                control.write(WorkerProtocol.frameHeader(type, body.remaining()), body);
            }
        }

        private void work(long number) {
            if (jobs.incrementAndGet() > MOST_JOBS) {
                jobs.decrementAndGet();
                refuse(number, "it has %d already".formatted(MOST_JOBS));
                return;
            }
            try (Link.Secure server = connect(RemoteProtocol.JOB, number, Duration.ofSeconds(10))) {
                open.add(server);
                try {
                    var job = WorkerProtocol.readRequest(server.input());
                    server.neverTooSilent();
                    new RelayedJob(server, process, models).run(job.request());
                } finally {
                    open.remove(server);
                }
            } catch (IOException e) {
                refuse(number, String.valueOf(e.getMessage()));
            } catch (InterruptedException _) {
                // the visit is over
            } finally {
                jobs.decrementAndGet();
            }
        }

        private void refuse(long number, String sentence) {
            try {
                send(RemoteProtocol.REFUSED, RemoteProtocol.refusalBody(number, sentence));
            } catch (IOException _) {
                // nobody is left to be told
            }
        }
    }
}
