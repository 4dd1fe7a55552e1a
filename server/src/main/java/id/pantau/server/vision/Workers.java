package id.pantau.server.vision;

import id.pantau.media.hub.Sleeper;
import id.pantau.media.net.PendingLimits;
import id.pantau.server.health.Alarms;
import id.pantau.vision.detect.ModelCatalogue;
import id.pantau.vision.detect.ModelChecksums;
import id.pantau.vision.worker.RemoteWorker;
import id.pantau.vision.worker.VisionJobs;
import id.pantau.vision.worker.WantedModel;
import id.pantau.vision.worker.WorkerDoor;
import id.pantau.vision.worker.WorkerGuests;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workers: this machine's, and those of other machines that were given a key. Thread-safe.
public final class Workers implements WorkerGuests, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    /// What was shunned a minute ago may be tried again.
    private static final Duration EVEN_OUT_EVERY = Duration.ofSeconds(30);

    /// Cameras that a core looks after, next to what else this machine does. It takes more where
    /// nobody else does.
    private static final int CAMERAS_PER_CORE = 4;

    private final WorkerRegistry registry;
    private final Placement placement;
    private final ModelSource models;
    private final Clock clock;
    private final Sleeper sleeper;
    private final ModelChecksums checksums = new ModelChecksums();
    private final Map<RemoteWorker, WorkPlace> connected = new ConcurrentHashMap<>();
    private final WorkerWatch watch;
    private volatile @Nullable WorkerDoor door;
    private volatile @Nullable Thread evening;

    /// @param folder of keys; made where it is missing
    /// @param here this machine's worker; stays the caller's
    /// @param alarms hear of those that stay away
    public Workers(
            Path folder,
            VisionJobs here,
            ModelSource models,
            Alarms alarms,
            Sleeper sleeper,
            Clock clock) {
        this.registry = WorkerRegistry.open(folder, clock);
        int cores = Runtime.getRuntime().availableProcessors();
        this.placement =
                new Placement(
                        WorkPlace.ofThisMachine(here, CAMERAS_PER_CORE * cores), System::nanoTime);
        this.models = models;
        this.sleeper = sleeper;
        this.clock = clock;
        this.watch = new WorkerWatch(this::awaited, alarms, sleeper, clock);
    }

    /// Lets workers in from now on, and misses those that came before.
    public void open(InetSocketAddress address, PendingLimits limits) throws IOException {
        door = WorkerDoor.open(address, limits, registry.server(), this, clock);
        evening = Thread.ofVirtual().name("workers-even-out").start(this::evenOut);
        watch.start();
    }

    /// Where they come in; empty where none may.
    public OptionalInt port() {
        WorkerDoor open = door;
        return open == null ? OptionalInt.empty() : OptionalInt.of(open.port());
    }

    Placement placement() {
        return placement;
    }

    /// By name.
    public List<WorkerState> list() throws InterruptedException {
        String model = sha256(models.current().orElse(null));
        return registry.list().stream().map(worker -> state(worker, model)).toList();
    }

    private WorkerState state(KnownWorker worker, String model) {
        return find(worker.name())
                .map(entry -> {
                    RemoteWorker remote = entry.getKey();
                    return new WorkerState(
                            worker.name(),
                            remote.capacity(),
                            worker.addedAt(),
                            new WorkerState.Connected(
                                    remote.since(),
                                    remote.address(),
                                    placement.count(entry.getValue()),
                                    remote.load().load(),
                                    model.isEmpty() || model.equals(remote.load().modelSha256())));
                })
                .orElseGet(() ->
                        new WorkerState(worker.name(), worker.capacity(), worker.addedAt(), null));
    }

    private Optional<Map.Entry<RemoteWorker, WorkPlace>> find(String name) {
        return connected.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .findFirst();
    }

    /// Those that are connected, or were once.
    private Map<String, Optional<Instant>> awaited() {
        return registry.list().stream()
                .filter(worker -> worker.cameAt() != null)
                .collect(
                        Collectors.toMap(
                                KnownWorker::name,
                                worker ->
                                        find(worker.name()).map(entry -> entry.getKey().since())));
    }

    /// @param capacity the most cameras it may analyse
    /// @return its key file, which nobody is shown again
    /// @throws WorkersException NAME_INVALID, NAME_TAKEN, CAPACITY_INVALID, STORAGE
    public String add(String name, int capacity) {
        return registry.add(name, capacity).pem();
    }

    /// Its key opens nothing from now on, and it is cut off.
    ///
    /// @throws WorkersException NOT_FOUND, STORAGE
    public void remove(String name) {
        registry.remove(name);
        WorkerDoor open = door;
        if (open != null) {
            open.disconnect(name);
        }
    }

    /// Another model is in use, or none.
    void newModel() throws InterruptedException {
        WantedModel model = wanted();
        connected.keySet().forEach(worker -> worker.setModel(model));
    }

    /// SHA-256 of a model's file; empty when there is none or it cannot be read.
    String sha256(ModelCatalogue.@Nullable Found model) {
        if (model == null) {
            return "";
        }
        try {
            return checksums.get(model.file());
        } catch (IOException _) {
            return "";
        }
    }

    private @Nullable WantedModel wanted() throws InterruptedException {
        ModelCatalogue.Found model = models.current().orElse(null);
        String sha256 = sha256(model);
        return model == null || sha256.isEmpty()
                ? null
                : new WantedModel(
                        model.descriptor().id(),
                        String.valueOf(model.file().getFileName()),
                        sha256);
    }

    @Override
    public OptionalInt admit(String name, X509Certificate certificate) {
        Optional<KnownWorker> worker = registry.find(name, certificate);
        return worker.isPresent()
                ? OptionalInt.of(worker.orElseThrow().capacity())
                : OptionalInt.empty();
    }

    @Override
    public void came(RemoteWorker worker) {
        var place = WorkPlace.of(worker);
        connected.put(worker, place);
        LOG.info(
                "worker {} came from {}, for {} cameras",
                worker.name(),
                worker.address().getAddress().getHostAddress(),
                worker.capacity());
        Thread.ofVirtual().name("tell-" + worker.name()).start(() -> tellModel(worker));
        placement.came(place);
        try {
            registry.came(worker.name());
        } catch (WorkersException e) {
            LOG.warn("worker {} will not be missed after a restart", worker.name(), e);
        }
    }

    /// Not on the door's thread: reading a model may take longer than the worker waits for a word.
    private void tellModel(RemoteWorker worker) {
        try {
            worker.setModel(wanted());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    @Override
    public void modelChanged(RemoteWorker worker) {
        placement.evenOut();
    }

    @Override
    public void went(RemoteWorker worker) {
        WorkPlace place = connected.remove(worker);
        if (place != null) {
            LOG.info("worker {} has gone", worker.name());
            placement.went(place);
        }
    }

    private void evenOut() {
        try {
            while (true) {
                sleeper.sleep(EVEN_OUT_EVERY);
                placement.evenOut();
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    /// Cuts off those of other machines.
    @Override
    public void close() {
        watch.close();
        Thread thread = evening;
        if (thread != null) {
            thread.interrupt();
        }
        WorkerDoor open = door;
        door = null;
        if (open != null) {
            open.close();
        }
    }
}
