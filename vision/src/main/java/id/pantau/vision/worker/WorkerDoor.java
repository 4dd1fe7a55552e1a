package id.pantau.vision.worker;

import id.pantau.media.net.PendingConnections;
import id.pantau.media.net.PendingLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The port at which workers of other machines come in. A virtual thread for each connection until
/// it has said what it is; who has not within [RemoteProtocol#GREETING_LIMIT] is cut off, and
/// before that no byte of it is believed. Thread-safe.
public final class WorkerDoor implements AutoCloseable {
    /// Of all addresses together.
    private static final int MOST_PENDING = 256;

    private static final int MOST_WORKERS = 64;
    private static final int BACKLOG = 128;

    private final ServerSocket listener;
    private final SSLContext tls;
    private final WorkerGuests guests;
    private final Clock clock;
    private final PendingConnections pending;
    private final Semaphore places = new Semaphore(MOST_PENDING);
    private final Map<String, RemoteWorker> workers = new ConcurrentHashMap<>();
    private final Set<Socket> greeted = ConcurrentHashMap.newKeySet(); // until they are a worker's
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("worker-door-", 0).factory());
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("worker-door-limits").factory());

    private WorkerDoor(
            ServerSocket listener,
            PendingLimits limits,
            WorkerIdentity identity,
            WorkerGuests guests,
            Clock clock) {
        this.listener = listener;
        this.tls = identity.context();
        this.guests = guests;
        this.clock = clock;
        this.pending = new PendingConnections("Worker", limits);
    }

    /// Listens when this returns.
    ///
    /// @param identity the server's
    public static WorkerDoor open(
            InetSocketAddress address,
            PendingLimits limits,
            WorkerIdentity identity,
            WorkerGuests guests,
            Clock clock)
            throws IOException {
        var listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(address, BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw new IOException("cannot listen on %s".formatted(address), e);
        }
        var door = new WorkerDoor(listener, limits, identity, guests, clock);
        door.threads.execute(door::accept);
        return door;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Connections that have not said yet what they are.
    int pendingNow() {
        return MOST_PENDING - places.availablePermits();
    }

    /// Cuts a worker off; nobody when it is not connected.
    public void disconnect(String name) {
        RemoteWorker worker = workers.get(name);
        if (worker != null) {
            worker.cut();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException _) {
            // gone already
        }
        workers.values().forEach(RemoteWorker::cut);
        greeted.forEach(WorkerDoor::close);
        clockwork.shutdownNow();
        threads.shutdownNow();
        threads.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                admit(listener.accept());
            } catch (IOException _) {
                // closed, or out of descriptors: the next one may do
            }
        }
    }

    private void admit(Socket socket) {
        PendingConnections.Pending place = pending.admit(socket.getInetAddress());
        if (place == null) {
            close(socket);
            return;
        }
        if (!places.tryAcquire()) {
            place.settle();
            close(socket);
            return;
        }
        greeted.add(socket);
        threads.execute(() -> serve(socket, place));
    }

    private void serve(Socket socket, PendingConnections.Pending place) {
        ScheduledFuture<?> limit =
                clockwork.schedule(
                        () -> close(socket),
                        RemoteProtocol.GREETING_LIMIT.toMillis(),
                        TimeUnit.MILLISECONDS);
        Greeting greeting = null;
        try {
            greeting = greet(socket);
            place.settle();
        } catch (SSLException e) {
            place.failed("no worker's certificate (%s)".formatted(e.getMessage()));
        } catch (IOException e) {
            place.failed(String.valueOf(e.getMessage()));
        } finally {
            limit.cancel(false);
            place.settle();
            places.release();
        }
        if (greeting == null) {
            close(socket);
            greeted.remove(socket);
            return;
        }
        try {
            receive(greeting);
        } catch (IOException _) {
            close(socket);
        } finally {
            greeted.remove(socket);
        }
    }

    /// @param name of the certificate
    private record Greeting(
            String name,
            X509Certificate certificate,
            int mostCameras,
            RemoteProtocol.Hello hello,
            SSLSocket tls,
            Socket raw) {}

    private Greeting greet(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        SSLSocket secure = WorkerTls.over(socket, tls, false);
        secure.startHandshake();
        var certificate = (X509Certificate) secure.getSession().getPeerCertificates()[0];
        RemoteProtocol.Hello hello = RemoteProtocol.readHello(secure.getInputStream());
        String name = WorkerIdentity.name(certificate).orElse("");
        OptionalInt most = guests.admit(name, certificate);
        if (most.isEmpty()) {
            refuse(
                    secure,
                    "This server knows no worker \"%s\" with this key: it was removed there. Add it again and take the new key file."
                            .formatted(name));
            throw new IOException("the worker \"%s\" was removed".formatted(name));
        }
        if (hello.version() != WorkerProtocol.VERSION) {
            refuse(
                    secure,
                    "The server speaks version %d of the workers' protocol, this worker version %d: run the same Pantau on both machines."
                            .formatted(WorkerProtocol.VERSION, hello.version()));
            throw new IOException(
                    "the worker \"%s\" speaks version %d of the protocol, not %d"
                            .formatted(name, hello.version(), WorkerProtocol.VERSION));
        }
        return new Greeting(name, certificate, most.getAsInt(), hello, secure, socket);
    }

    private static void refuse(SSLSocket secure, String sentence) throws IOException {
        secure.getOutputStream().write(RemoteProtocol.answer(sentence));
        secure.shutdownOutput();
        secure.setSoTimeout(1000);
        try { // what it still says is read, or the refusal would be lost in a reset
            boolean _ = secure.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            // long enough
        }
    }

    private void receive(Greeting greeting) throws IOException {
        var link = new Link.Secure(greeting.raw(), greeting.tls());
        switch (greeting.hello().kind()) {
            case RemoteProtocol.CONTROL -> attend(greeting, link);
            case RemoteProtocol.JOB -> {
                RemoteWorker worker = workers.get(greeting.name());
                if (worker == null || !worker.arrived(greeting.hello().number(), link)) {
                    link.close();
                }
            }
            default -> throw new IOException("a connection of no known kind");
        }
    }

    private void attend(Greeting greeting, Link.Secure link) throws IOException {
        int wished = (int) Math.clamp(greeting.hello().number(), 1, RemoteProtocol.MOST_CAPACITY);
        var worker =
                new RemoteWorker(
                        greeting.name(),
                        Math.min(wished, greeting.mostCameras()),
                        new InetSocketAddress(
                                greeting.raw().getInetAddress(), greeting.raw().getPort()),
                        clock.instant(),
                        link,
                        guests);
        String refusal = enter(worker);
        if (refusal != null) {
            refuse(greeting.tls(), refusal);
            link.close();
            return;
        }
        try {
            if (guests.admit(greeting.name(), greeting.certificate()).isEmpty()) {
                return; // removed meanwhile, and not cut off with the others
            }
            greeting.tls().getOutputStream().write(RemoteProtocol.answer(null));
            greeting.raw().setSoTimeout((int) RemoteProtocol.SILENCE.toMillis());
            guests.came(worker);
            worker.attend();
        } finally {
            worker.cut();
            workers.remove(greeting.name(), worker);
            guests.went(worker);
        }
    }

    /// @return why not; null when it may
    private @Nullable String enter(RemoteWorker worker) {
        if (workers.size() >= MOST_WORKERS) {
            return "There are %d workers already.".formatted(MOST_WORKERS);
        }
        RemoteWorker before = workers.putIfAbsent(worker.name(), worker);
        return before == null
                ? null
                : "A worker \"%s\" is connected from %s: each machine needs a worker and a key of its own."
                        .formatted(worker.name(), before.address().getAddress().getHostAddress());
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // gone already
        }
    }
}
