package id.pantau.server.live;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One viewer of a stream: a bounded queue in front of a socket. Nobody waits for it: messages are
/// sent from whatever thread finds the socket free. A viewer that falls behind loses everything up
/// to the next key frame, is told so, and is dismissed when that happens too often.
public final class LiveViewer {
    /// WebSocket close codes of the HTTP contract.
    public static final int NO_SUCH_CAMERA = 4404;

    public static final int NOT_SIGNED_IN = 4401;
    public static final int TOO_SLOW = 4408;

    /// @param messages how many may wait
    /// @param bytes how many may wait; the content is shared with other viewers
    /// @param lag how long the oldest may wait
    /// @param strikes after so many overflows within `forgiveAfter` the viewer is dismissed
    record Limits(int messages, long bytes, Duration lag, int strikes, Duration forgiveAfter) {
        static final Limits DEFAULT =
                new Limits(1024, 16 << 20, Duration.ofSeconds(4), 5, Duration.ofSeconds(60));
    }

    /// What waits to be sent.
    private sealed interface Item {
        /// Wall time is null for what is no fragment.
        record Binary(ByteBuffer bytes, @Nullable Instant wallTime, long queuedAtNanos)
                implements Item {}

        record Text(String text) implements Item {}
    }

    private static final int UNDER_WAY = 0;
    private static final int RETURNED = 1;
    private static final int DONE = 2;

    private final ViewerSocket socket;
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private final ArrayDeque<Item> queue = new ArrayDeque<>();
    private final AtomicInteger sendPhase = new AtomicInteger();
    private final ViewerSocket.Sent sent =
            new ViewerSocket.Sent() {
                @Override
                public void done() {
                    if (sendPhase.getAndSet(DONE) == RETURNED) {
                        drain();
                    }
                }

                @Override
                public void failed() {
                    close();
                }
            };

    // guarded by lock
    private boolean sending;
    private boolean closed;
    private boolean waitingForKeyFrame = true;
    private boolean overflowed;
    private long queuedBytes;
    private long dropped;
    private long droppedNotTold;
    private int strikes;
    private long lastStrikeNanos;
    private @Nullable Instant newestSent;

    LiveViewer(ViewerSocket socket, Limits limits, LongSupplier nanoTime) {
        this.socket = socket;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /// A queue for texts alone.
    public static LiveViewer ofTexts(ViewerSocket socket) {
        return new LiveViewer(socket, Limits.DEFAULT, System::nanoTime);
    }

    /// Queues and sends a text.
    ///
    /// @return false when there is no room for it
    public boolean tell(String text) {
        boolean taken = offerText(text);
        pump();
        return taken;
    }

    /// Begins a decoder configuration: what waits belongs to the one before and still plays.
    void offerInit(String text, ByteBuffer init) {
        synchronized (lock) {
            if (!closed) {
                add(new Item.Text(text));
                add(new Item.Binary(init, null, nanoTime.getAsLong()));
                waitingForKeyFrame = true;
            }
        }
    }

    /// @return false when there is no room for it, which live viewers can bear: the next one says
    ///   it again
    boolean offerText(String text) {
        synchronized (lock) {
            if (closed || queue.size() >= limits.messages()) {
                return false;
            }
            add(new Item.Text(text));
            return true;
        }
    }

    /// Everything the cache holds, to begin with: bounded by the cache, not by the queue.
    void offerAll(List<LiveFragment> cached) {
        synchronized (lock) {
            for (LiveFragment fragment : cached) {
                if (!closed && (fragment.keyFrame() || !waitingForKeyFrame)) {
                    waitingForKeyFrame = false;
                    add(fragment);
                }
            }
        }
    }

    /// @param droppedText makes the message that says how many fragments are missing
    /// @return whether the viewer was too slow too often and is to be dismissed
    boolean offer(LiveFragment fragment, LongFunction<String> droppedText) {
        synchronized (lock) {
            if (closed) {
                return false;
            }
            if (!waitingForKeyFrame && isFull(fragment)) {
                overflow();
                if (strikes >= limits.strikes()) {
                    return true;
                }
            }
            if (waitingForKeyFrame && !fragment.keyFrame()) {
                count(overflowed ? 1 : 0);
                return false;
            }
            if (droppedNotTold > 0) {
                add(new Item.Text(droppedText.apply(droppedNotTold)));
                droppedNotTold = 0;
            }
            waitingForKeyFrame = false;
            overflowed = false;
            add(fragment);
            return false;
        }
    }

    /// Sends what waits, if nothing is being sent.
    void pump() {
        synchronized (lock) {
            if (sending) {
                return; // the end of the message under way goes on with the next
            }
            sending = true;
        }
        drain();
    }

    /// Called by whoever holds `sending`; gives it back when nothing waits, or leaves it to the end
    /// of a message that is still under way. A socket that is fast enough ends messages at once, so
    /// this is a loop and no recursion.
    private void drain() {
        while (true) {
            Item next;
            boolean more;
            synchronized (lock) {
                next = closed ? null : queue.poll();
                if (next == null) {
                    sending = false;
                    return;
                }
                more = queue.peek() instanceof Item.Binary;
                if (next instanceof Item.Binary(var bytes, var wallTime, _)) {
                    queuedBytes -= bytes.remaining();
                    newestSent = wallTime == null ? newestSent : wallTime;
                }
            }
            sendPhase.set(UNDER_WAY);
            switch (next) {
                case Item.Binary(var bytes, _, _) -> socket.send(bytes.duplicate(), sent);
                case Item.Text(var text) when more -> socket.sendAhead(text, sent);
                case Item.Text(var text) -> socket.send(text, sent);
            }
            if (sendPhase.compareAndSet(UNDER_WAY, RETURNED)) {
                return;
            }
        }
    }

    long dropped() {
        synchronized (lock) {
            return dropped;
        }
    }

    /// Capture time of the newest fragment given to the socket; null before the first.
    @Nullable Instant newestSent() {
        synchronized (lock) {
            return newestSent;
        }
    }

    /// Forgets what waits; the socket is not touched.
    void close() {
        synchronized (lock) {
            closed = true;
            queue.clear();
            queuedBytes = 0;
        }
    }

    /// Ends the connection with a code of the HTTP contract.
    public void dismiss(int code, String reason) {
        close();
        socket.close(code, reason);
    }

    private void add(LiveFragment fragment) {
        add(new Item.Binary(fragment.bytes(), fragment.wallTime(), nanoTime.getAsLong()));
    }

    private void add(Item item) {
        queue.add(item);
        if (item instanceof Item.Binary(var bytes, _, _)) {
            queuedBytes += bytes.remaining();
        }
    }

    private boolean isFull(LiveFragment next) {
        return queue.size() >= limits.messages()
                || queuedBytes + next.sizeBytes() > limits.bytes()
                || oldestWaits().compareTo(limits.lag()) > 0;
    }

    private Duration oldestWaits() {
        for (Item item : queue) {
            if (item instanceof Item.Binary(_, var wallTime, long at) && wallTime != null) {
                return Duration.ofNanos(nanoTime.getAsLong() - at);
            }
        }
        return Duration.ZERO;
    }

    /// What waits is old by now: it goes, and the viewer continues at the next key frame. Texts and
    /// init segments stay, in order.
    private void overflow() {
        long before = queue.size();
        queue.removeIf(item -> item instanceof Item.Binary(_, var wallTime, _) && wallTime != null);
        count(before - queue.size());
        queuedBytes =
                queue.stream()
                        .mapToLong(item ->
                                item instanceof Item.Binary(var bytes, _, _)
                                        ? bytes.remaining()
                                        : 0)
                        .sum();
        waitingForKeyFrame = true;
        overflowed = true;
        long now = nanoTime.getAsLong();
        if (now - lastStrikeNanos > limits.forgiveAfter().toNanos()) {
            strikes = 0;
        }
        strikes++;
        lastStrikeNanos = now;
    }

    private void count(long fragments) {
        dropped += fragments;
        droppedNotTold += fragments;
    }
}
