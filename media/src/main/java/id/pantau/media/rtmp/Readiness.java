package id.pantau.media.rtmp;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Waits, on one platform thread, for all connections that do not wait themselves: for something to
/// read, which wakes the thread that reads, and for room to write, which it then uses. Thread-safe.
final class Readiness implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Readiness.class.getName());

    private final Selector selector;
    private final Thread thread;

    Readiness() throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().daemon().name("rtmp-readiness").start(this::run);
    }

    /// One connection being watched.
    final class Watch {
        private final SelectionKey key;
        private final Semaphore readable = new Semaphore(0);
        private final AtomicReference<@Nullable Runnable> writable = new AtomicReference<>();

        private Watch(SelectionKey key) {
            this.key = key;
        }

        /// Returns when there may be something to read, or the connection is closed.
        void awaitReadable() throws IOException {
            want(SelectionKey.OP_READ);
            try {
                readable.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        void whenWritable(Runnable then) {
            writable.set(then);
            want(SelectionKey.OP_WRITE);
        }

        void close() {
            key.cancel();
            selector.wakeup(); // else the kernel keeps the socket until the next one is ready
            readable.release();
        }

        private void want(int operation) {
            try {
                key.interestOpsOr(operation);
                selector.wakeup();
            } catch (CancelledKeyException _) {
                readable.release(); // whoever reads finds the channel closed
            }
        }

        private void ready() {
            int operations = key.readyOps();
            key.interestOpsAnd(~operations);
            if ((operations & SelectionKey.OP_READ) != 0) {
                readable.release();
            }
            Runnable then =
                    (operations & SelectionKey.OP_WRITE) != 0 ? writable.getAndSet(null) : null;
            if (then != null) {
                then.run();
            }
        }
    }

    Watch watch(SocketChannel channel) throws IOException {
        SelectionKey key = channel.register(selector, 0);
        var watch = new Watch(key);
        key.attach(watch);
        return watch;
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException _) {
            // it holds nothing that could be lost
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(Readiness::ready);
            }
        } catch (ClosedSelectorException _) {
            // closed
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "slow RTMP players are no longer served", e);
        }
    }

    private static void ready(SelectionKey key) {
        try {
            ((Watch) key.attachment()).ready();
        } catch (CancelledKeyException _) {
            // closed meanwhile
        } catch (RuntimeException broken) {
            // A fault of ours must cost one connection, never all of them.
            LOG.log(System.Logger.Level.ERROR, "an RTMP connection failed", broken);
            key.cancel();
        }
    }
}
