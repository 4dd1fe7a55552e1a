package id.pantau.vision.analysis;

import id.pantau.media.hub.ThreadEnd;
import id.pantau.vision.detect.DetectionModel;
import id.pantau.vision.detect.Detector;
import id.pantau.vision.detect.ModelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One model and a few threads that run it for all cameras. Who is behind is served first, by
/// shares: a customer of weight 4 gets four turns where one of weight 1 gets one, and nobody who
/// has just come may make up for turns it did not want. Thread-safe.
public final class DetectorPool implements AutoCloseable {
    /// Somebody who wants the detector now and then.
    public interface Customer {
        /// Greater than zero.
        double weight();

        /// One turn, on a thread of the pool; throws nothing.
        ///
        /// @param detector the thread's own
        void serve(Detector detector);
    }

    /// A customer's place. Guarded by the pool's lock.
    private static final class Place {
        final Customer customer;
        double turns; // it has had, by its weight
        boolean waits;

        Place(Customer customer) {
            this.customer = customer;
        }
    }

    private static final System.Logger LOG = System.getLogger(DetectorPool.class.getName());

    private final DetectionModel model;
    private final Object lock = new Object(); // guards what follows
    private final List<Place> places = new ArrayList<>();
    private double turns; // of the one served last
    private boolean closed;
    private final List<Thread> threads = new ArrayList<>();

    /// @param model closed with the pool
    /// @param threadCount as many as cores: more lose
    /// @param start what each thread does first
    public DetectorPool(DetectionModel model, int threadCount, Runnable start) {
        this.model = model;
        for (int i = 1; i <= threadCount; i++) {
            threads.add(Thread.ofPlatform().daemon().name("detect-" + i).start(() -> run(start)));
        }
    }

    /// Lets a customer in; it is served when it [asks][#ask].
    public void enter(Customer customer) {
        synchronized (lock) {
            places.add(new Place(customer));
        }
    }

    /// It is not served any more, though a turn may still be running.
    public void leave(Customer customer) {
        synchronized (lock) {
            places.removeIf(place -> place.customer == customer);
        }
    }

    /// Wants a turn; once, however often it asks before it gets it.
    public void ask(Customer customer) {
        synchronized (lock) {
            for (Place place : places) {
                if (place.customer == customer && !place.waits) {
                    place.waits = true;
                    place.turns = Math.max(place.turns, turns - 1 / customer.weight());
                    lock.notify();
                }
            }
        }
    }

    private void run(Runnable start) {
        start.run();
        try (var detector = new Detector(model)) {
            for (Customer customer; (customer = next()) != null; ) {
                customer.serve(detector);
            }
        } catch (ModelException e) {
            LOG.log(System.Logger.Level.ERROR, "a detector cannot begin: " + e.getMessage());
        }
    }

    /// @return null when the pool is closed
    private @Nullable Customer next() {
        synchronized (lock) {
            while (!closed) {
                Place first = null;
                for (Place place : places) {
                    if (place.waits && (first == null || place.turns < first.turns)) {
                        first = place;
                    }
                }
                if (first != null) {
                    first.waits = false;
                    turns = Math.max(turns, first.turns);
                    first.turns += 1 / first.customer.weight();
                    return first.customer;
                }
                try {
                    lock.wait();
                } catch (InterruptedException _) {
                    return null;
                }
            }
            return null;
        }
    }

    /// Waits for the turns that are running.
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        threads.forEach(ThreadEnd::await);
        model.close();
    }
}
