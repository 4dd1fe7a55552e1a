package id.pantau.vision.worker;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A worker on another machine while it is connected, as the server sees it; of no more use once it
/// has gone. Thread-safe.
public final class RemoteWorker implements VisionJobs, JobEnds {
    /// For the worker's connection of a job; a round trip or two and a handshake.
    private static final long OPEN_LIMIT_MS = 5_000;

    /// As many orders as may wait for a slow line; more are refused.
    private static final int MOST_WAITING = 512;

    private static final int MAX_CONTROL_BYTES = 64 << 10;

    private record Order(int type, ByteBuffer body) {}

    private final String name;
    private final int capacity;
    private final InetSocketAddress address;
    private final Instant since;
    private final Link control;
    private final WorkerGuests guests;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<Link>> awaited = new ConcurrentHashMap<>();
    private final Map<Long, Link> jobs = new ConcurrentHashMap<>();
    private final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile WorkerLoad load = WorkerLoad.UNKNOWN;
    private volatile boolean gone;

    /// @param capacity cameras it is willing to analyse
    RemoteWorker(
            String name,
            int capacity,
            InetSocketAddress address,
            Instant since,
            Link control,
            WorkerGuests guests) {
        this.name = name;
        this.capacity = capacity;
        this.address = address;
        this.since = since;
        this.control = control;
        this.guests = guests;
    }

    public String name() {
        return name;
    }

    /// Cameras it is willing to analyse.
    public int capacity() {
        return capacity;
    }

    public InetSocketAddress address() {
        return address;
    }

    public Instant since() {
        return since;
    }

    public WorkerLoad load() {
        return load;
    }

    /// Whether its connection has broken off; it never comes back as this one.
    public boolean isGone() {
        return gone;
    }

    /// Tells it which model the server uses from now on.
    public void setModel(@Nullable WantedModel model) {
        if (!orders.offer(new Order(RemoteProtocol.MODEL, RemoteProtocol.modelBody(model)))) {
            cut(); // it has heard nothing for long: connected again, it is told anew
        }
    }

    @Override
    public WorkerAnalysis open(AnalyseRequest request)
            throws WorkerUnavailableException, InterruptedException {
        var model = request.model();
        var anywhere = request.withModel(model == null ? null : model.getFileName());
        long number = numbers.incrementAndGet();
        return new WorkerAnalysis(number, this, call(number, anywhere));
    }

    @Override
    public byte[] still(StillRequest request, AccessUnit picture)
            throws WorkerUnavailableException, IOException, InterruptedException {
        long number = numbers.incrementAndGet();
        Link link = call(number, request);
        try {
            return StillProtocol.exchange(link, picture);
        } finally {
            link.close();
            forget(number);
        }
    }

    private Link call(long number, JobRequest request)
            throws WorkerUnavailableException, InterruptedException {
        var coming = new CompletableFuture<Link>();
        awaited.put(number, coming);
        try {
            boolean ordered =
                    !gone
                            && orders.offer(
                                    new Order(
                                            RemoteProtocol.OPEN,
                                            RemoteProtocol.numberBody(number)));
            if (!ordered) {
                throw unavailable("has gone");
            }
            Link link = coming.get(OPEN_LIMIT_MS, TimeUnit.MILLISECONDS);
            jobs.put(number, link);
            if (gone) {
                link.close(); // whoever cut the others may not have seen this one
            }
            link.write(WorkerProtocol.request(number, request), ByteBuffer.allocate(0));
            return link;
        } catch (TimeoutException | IOException _) {
            forget(number);
            throw unavailable("does not answer");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw unavailable("refused the job: " + (cause == null ? e : cause).getMessage());
        } finally {
            awaited.remove(number);
            if (!jobs.containsKey(number)) {
                coming.thenAccept(Link::close); // it may still come
            }
        }
    }

    private WorkerUnavailableException unavailable(String what) {
        return new WorkerUnavailableException("The worker \"%s\" %s.".formatted(name, what));
    }

    @Override
    public WorkerJob.Outcome outcome(long number, @Nullable StreamEnd said) {
        return new WorkerJob.Outcome(
                said != null
                        ? said
                        : new StreamEnd(
                                StreamEnd.Reason.READER_DIED,
                                "The worker \"%s\" broke off.".formatted(name)),
                false);
    }

    @Override
    public void forget(long number) {
        Link link = jobs.remove(number);
        if (link != null) {
            link.close();
        }
    }

    /// Cuts its connections; every job breaks off.
    public void cut() {
        gone = true;
        control.close();
        awaited.values()
                .forEach(coming -> coming.completeExceptionally(new IOException("it has gone")));
        jobs.values().forEach(Link::close);
    }

    /// A connection that the worker made for a job.
    ///
    /// @return false when it was not asked for
    boolean arrived(long number, Link link) {
        CompletableFuture<Link> coming = awaited.get(number);
        return coming != null && coming.complete(link);
    }

    /// Hears it until it has gone, and speaks to it meanwhile.
    void attend() {
        Thread writing = Thread.ofVirtual().name("worker-" + name).start(this::write);
        try {
            var frames = new FrameReader(control.input(), MAX_CONTROL_BYTES);
            for (FrameReader.RawFrame frame; (frame = frames.next()) != null; ) {
                hear(frame);
            }
        } catch (IOException _) {
            // silent, or speaks nonsense: gone either way
        } finally {
            cut();
            writing.interrupt();
        }
    }

    private void hear(FrameReader.RawFrame frame) throws IOException {
        switch (frame.type()) {
            case RemoteProtocol.LOAD -> {
                WorkerLoad before = load;
                WorkerLoad now = RemoteProtocol.load(frame.body());
                load = now;
                if (!now.modelSha256().equals(before.modelSha256())) {
                    guests.modelChanged(this);
                }
            }
            case RemoteProtocol.REFUSED -> {
                RemoteProtocol.Refusal refusal = RemoteProtocol.refusal(frame.body());
                CompletableFuture<Link> coming = awaited.get(refusal.number());
                if (coming != null) {
                    coming.completeExceptionally(new IOException(refusal.sentence()));
                }
            }
            default -> throw new IOException("a frame of type " + frame.type());
        }
    }

    private void write() {
        try {
            while (true) {
                Order order = orders.poll(RemoteProtocol.EVERY.toMillis(), TimeUnit.MILLISECONDS);
                Order next =
                        order == null
                                ? new Order(RemoteProtocol.PING, ByteBuffer.allocate(0))
                                : order;
                control.write(
                        WorkerProtocol.frameHeader(next.type(), next.body().remaining()),
                        next.body());
            }
        } catch (IOException | InterruptedException _) {
            cut();
        }
    }
}
