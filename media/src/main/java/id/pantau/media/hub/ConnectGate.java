package id.pantau.media.hub;

import java.util.concurrent.Semaphore;

/// Bounds how many cameras are being connected to at once, so that a switch coming back does not
/// make every camera of a site connect in the same second. A place is held from before the connect
/// until the first access unit or the end of the attempt.
public final class ConnectGate {
    private final Places places;
    private int capacity; // guarded by places

    /// A semaphore that may be in debt after it was made smaller.
    private static final class Places extends Semaphore {
        private static final long serialVersionUID = 1;

        Places(int count) {
            super(count, true);
        }

        void takeAway(int count) {
            reducePermits(count);
        }
    }

    public ConnectGate(int capacity) {
        this.capacity = capacity;
        this.places = new Places(capacity);
    }

    /// Takes effect at once; connects that are under way go on.
    public void setCapacity(int next) {
        synchronized (places) {
            if (next > capacity) {
                places.release(next - capacity);
            } else {
                places.takeAway(capacity - next);
            }
            capacity = next;
        }
    }

    void enter() throws InterruptedException {
        places.acquire();
    }

    void leave() {
        places.release();
    }

    public int connecting() {
        synchronized (places) {
            return capacity - places.availablePermits();
        }
    }
}
