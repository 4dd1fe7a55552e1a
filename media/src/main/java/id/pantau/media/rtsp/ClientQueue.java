package id.pantau.media.rtsp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits to be sent to one client, in order. Answers always get in (a client that asks faster
/// than it reads is cut off by [#MAX_ANSWERS]); media is dropped up to the next key frame when the
/// queue is full. Any thread puts in, one takes out.
final class ClientQueue {
    /// How many answers may wait before the client counts as hostile.
    private static final int MAX_ANSWERS = 64;

    sealed interface Item {
        record Answer(ByteBuffer bytes) implements Item {}

        record Media(PacketBatch batch) implements Item {}
    }

    private final int maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private int mediaBytes;
    private int answers;
    private boolean waitingForKey = true;
    private boolean started;
    private long dropped;

    ClientQueue(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// @return false when too many answers wait already
    boolean answer(ByteBuffer bytes) {
        lock.lock();
        try {
            if (answers >= MAX_ANSWERS) {
                return false;
            }
            answers++;
            items.add(new Item.Answer(bytes));
            notEmpty.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void media(PacketBatch batch) {
        lock.lock();
        try {
            if (waitingForKey && !batch.key()) {
                dropped += started && !batch.rtcp() ? 1 : 0; // before the first, nothing is lost
                return;
            }
            // One access unit larger than the queue still passes when nothing else waits.
            if (mediaBytes > 0 && mediaBytes + batch.sizeBytes() > maxBytes) {
                waitingForKey = true;
                dropped++;
                return;
            }
            waitingForKey = false;
            started = true;
            mediaBytes += batch.sizeBytes();
            items.add(new Item.Media(batch));
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /// From here on media begins with a key frame again.
    void restart() {
        lock.lock();
        try {
            waitingForKey = true;
            started = false;
        } finally {
            lock.unlock();
        }
    }

    /// Blocks until something is there and moves it to `into`: at most about `maxTaken` bytes.
    void take(List<Item> into, int maxTaken) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (items.isEmpty()) {
                notEmpty.await();
            }
            int taken = 0;
            while (!items.isEmpty() && taken < maxTaken) {
                Item item = items.remove();
                switch (item) {
                    case Item.Answer(ByteBuffer bytes) -> {
                        answers--;
                        taken += bytes.remaining();
                    }
                    case Item.Media(PacketBatch batch) -> {
                        mediaBytes -= batch.sizeBytes();
                        taken += batch.sizeBytes();
                    }
                }
                into.add(item);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Access units this client was too slow for.
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
