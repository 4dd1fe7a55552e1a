package id.pantau.server.camera;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many live transcodes may run at once, and which do. When fewer are allowed, the newest are
/// ended. Thread-safe.
final class TranscodePlaces {
    private final Object lock = new Object(); // guards what follows
    private final List<Place> running = new ArrayList<>(); // oldest first
    private int limit;
    private long refused;

    TranscodePlaces(int limit) {
        this.limit = limit;
    }

    /// @return null when as many run as may
    @Nullable Place enter() {
        synchronized (lock) {
            if (running.size() >= limit) {
                refused++;
                return null;
            }
            var place = new Place();
            running.add(place);
            return place;
        }
    }

    void setLimit(int most) {
        List<Place> ending = new ArrayList<>();
        synchronized (lock) {
            limit = most;
            while (running.size() > most) {
                ending.add(running.removeLast());
            }
        }
        ending.forEach(Place::revoke);
    }

    int limit() {
        synchronized (lock) {
            return limit;
        }
    }

    int running() {
        synchronized (lock) {
            return running.size();
        }
    }

    long refused() {
        synchronized (lock) {
            return refused;
        }
    }

    /// One transcode's right to run.
    final class Place implements AutoCloseable {
        private boolean revoked; // guarded by lock
        private @Nullable Runnable onRevoked; // guarded by lock

        /// @param action what ends it when its right is taken back; run at once if it has been
        void onRevoked(Runnable action) {
            synchronized (lock) {
                onRevoked = action;
                if (!revoked) {
                    return;
                }
            }
            action.run();
        }

        boolean isRevoked() {
            synchronized (lock) {
                return revoked;
            }
        }

        private void revoke() {
            Runnable action;
            synchronized (lock) {
                revoked = true;
                action = onRevoked;
            }
            if (action != null) {
                action.run();
            }
        }

        @Override
        public void close() {
            synchronized (lock) {
                running.remove(this);
            }
        }
    }
}
