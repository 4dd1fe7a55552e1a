package id.pantau.media.rtmp;

import id.pantau.media.flv.StreamTag;
import id.pantau.media.flv.TagQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// What goes out on one connection: answers first, then tags. Whoever puts something in writes it,
/// with everything that waits; what does not go out at once is written by [Readiness] later. Never
/// do two threads write. Thread-safe.
final class RtmpOutput {
    /// How many answers may wait before the peer counts as hostile.
    private static final int MAX_ANSWERS = 64;

    /// So much is put into one system call at most.
    private static final int WRITE_BYTES = 256 << 10;

    private static final ByteBuffer[] NOTHING = {};

    private final RtmpWire wire;
    private final TagQueue tags;
    private final Executor writers;
    private final Object lock = new Object(); // guards answers, stream, writing, finishing
    private final ArrayDeque<ByteBuffer> answers = new ArrayDeque<>();
    private int stream = ChunkWriter.STREAM;
    private boolean writing;
    private boolean finishing;
    private volatile long writingSinceNanos; // without progress; 0 while nothing waits
    private volatile long written;

    // Of the thread that writes.
    private final List<StreamTag> taken = new ArrayList<>();
    private ByteBuffer[] current = NOTHING;

    /// @param writers where a wire that waits is written to; others are written to by the caller
    RtmpOutput(RtmpWire wire, int queueBytes, Executor writers) {
        this.wire = wire;
        this.tags = new TagQueue(queueBytes);
        this.writers = writers;
    }

    TagQueue tags() {
        return tags;
    }

    /// Which message stream the tags are for.
    void playOn(int messageStream) {
        synchronized (lock) {
            stream = messageStream;
        }
    }

    /// @return false when too many answers wait already
    boolean answer(ByteBuffer bytes) {
        synchronized (lock) {
            if (answers.size() >= MAX_ANSWERS) {
                return false;
            }
            answers.add(bytes);
        }
        flush();
        return true;
    }

    /// Writes what waits, unless somebody does already.
    void flush() {
        synchronized (lock) {
            if (writing) {
                return;
            }
            writing = true;
        }
        if (wire.canWriteWithoutWaiting()) {
            write();
            return;
        }
        try {
            writers.execute(this::write);
        } catch (RejectedExecutionException _) {
            wire.close(); // the server stops
        }
    }

    /// Cuts the connection once everything is out that waits now.
    void finish() {
        synchronized (lock) {
            finishing = true;
        }
        flush();
    }

    /// Whether everything is out.
    boolean isIdle() {
        synchronized (lock) {
            return !writing;
        }
    }

    /// @return how long the peer has taken nothing of what waits for it
    long stuckNanos() {
        long since = writingSinceNanos;
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    /// Bytes that went out.
    long written() {
        return written;
    }

    private void write() {
        try {
            ByteBuffer[] next = current;
            while (next.length > 0 || (next = next()) != null) {
                long before = remaining(next);
                if (writingSinceNanos == 0) {
                    writingSinceNanos = System.nanoTime();
                }
                boolean all = wire.write(next);
                long count = before - remaining(next);
                written += count;
                if (!all) {
                    current = next;
                    writingSinceNanos = count > 0 ? System.nanoTime() : writingSinceNanos;
                    wire.whenWritable(this::write);
                    return;
                }
                next = current = NOTHING;
                writingSinceNanos = 0;
            }
            if (isFinishing()) {
                wire.close();
            }
        } catch (IOException _) {
            wire.close(); // which the reading thread notices; `writing` stays: nobody tries again
        }
    }

    private boolean isFinishing() {
        synchronized (lock) {
            return finishing;
        }
    }

    /// @return null when there is nothing to write, and nobody writes any more
    private ByteBuffer @Nullable [] next() {
        synchronized (lock) {
            tags.poll(taken, WRITE_BYTES);
            if (answers.isEmpty() && taken.isEmpty()) {
                writing = false;
                return null;
            }
            var buffers = new ByteBuffer[answers.size() + taken.size()];
            int count = 0;
            while (!answers.isEmpty()) {
                buffers[count++] = answers.remove();
            }
            for (StreamTag tag : taken) {
                buffers[count++] =
                        stream == ChunkWriter.STREAM
                                ? tag.as(ChunkWriter.PLAYED)
                                : ChunkWriter.write(tag, stream);
            }
            taken.clear();
            return buffers;
        }
    }

    private static long remaining(ByteBuffer[] buffers) {
        long bytes = 0;
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        return bytes;
    }
}
