package id.pantau.vision.worker;

import id.pantau.vision.analysis.DetectorPool;
import id.pantau.vision.detect.DetectionModel;
import id.pantau.vision.detect.ModelCatalogue;
import id.pantau.vision.detect.ModelDescriptor;
import id.pantau.vision.detect.ModelException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The models of this process: each is loaded when the first job wants it, and closed behind the
/// last. Thread-safe.
final class DetectorPools {
    private final Object lock = new Object(); // also while a model is loaded: nobody does it twice
    private final Map<Path, Held> pools = new HashMap<>();

    private static final class Held {
        final DetectorPool pool;
        int users;

        Held(DetectorPool pool) {
            this.pool = pool;
        }
    }

    /// A job's right to a pool.
    final class Lease implements AutoCloseable {
        private final Path model;
        private final DetectorPool pool;

        private Lease(Path model, DetectorPool pool) {
            this.model = model;
            this.pool = pool;
        }

        DetectorPool pool() {
            return pool;
        }

        @Override
        public void close() {
            DetectorPool unused = null;
            synchronized (lock) {
                Held held = pools.get(model);
                if (held != null && --held.users == 0) {
                    pools.remove(model);
                    unused = held.pool;
                }
            }
            if (unused != null) {
                unused.close();
            }
        }
    }

    /// @throws ModelException when it is no model, or of no family that is known
    Lease lease(Path model) throws ModelException {
        synchronized (lock) {
            Held held = pools.get(model);
            if (held == null) {
                held = new Held(load(model));
                pools.put(model, held);
            }
            held.users++;
            return new Lease(model, held.pool);
        }
    }

    private static DetectorPool load(Path file) throws ModelException {
        ModelDescriptor descriptor =
                ModelCatalogue.describe(file).orElseThrow(() -> ModelException.unknown(file));
        DetectionModel model = DetectionModel.load(file, descriptor);
        int threads = Runtime.getRuntime().availableProcessors();
        return new DetectorPool(model, threads, () -> Niceness.lower(Niceness.DETECTION));
    }
}
