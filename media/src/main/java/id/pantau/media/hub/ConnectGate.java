package id.pantau.media.hub;

import java.util.concurrent.Semaphore;

/// Bounds how many cameras are being connected to at once, so that a switch coming back does not
/// make every camera of a site connect in the same second. A place is held from before the connect
/// until the first access unit or the end of the attempt.
public final class ConnectGate {
    private final Semaphore places;
    private final int capacity;

    public ConnectGate(int capacity) {
        this.capacity = capacity;
        this.places = new Semaphore(capacity, true);
    }

    void enter() throws InterruptedException {
        places.acquire();
    }

    void leave() {
        places.release();
    }

    public int connecting() {
        return capacity - places.availablePermits();
    }
}
