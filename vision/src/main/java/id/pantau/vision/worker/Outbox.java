package id.pantau.vision.worker;

import id.pantau.media.StreamEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What a job has to say, sent by a thread of its own so that no detector waits for a slow server.
/// Bounded: what does not fit is dropped and counted, but for credit, without which the server
/// would never send anything again. Thread-safe.
final class Outbox {
    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());

    private static final int MOST_WAITING = 256;

    /// Pictures are looked at in bursts: what they say is sent, and wakes the server, once.
    private static final Duration GATHER = Duration.ofMillis(20);

    /// That there is credit to be given.
    private static final Letter REMINDER =
            new Letter(AnalyseProtocol.CREDIT, ByteBuffer.allocate(0));

    private record Letter(int type, ByteBuffer body) {}

    private final JobConnection connection;
    private final BlockingQueue<Letter> letters = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread sender;
    private volatile boolean broken;
    private final LongAdder dropped = new LongAdder();
    private final AtomicInteger credit = new AtomicInteger();

    Outbox(JobConnection connection) {
        this.connection = connection;
        this.sender = Thread.ofVirtual().name("outbox").start(this::send);
    }

    void offer(int type, ByteBuffer body) {
        if (!letters.offer(new Letter(type, body))) {
            dropped.increment();
        }
    }

    /// The server may send so many units more. Goes with whatever is sent next.
    void credit(int units) {
        credit.addAndGet(units);
        boolean unused = letters.offer(REMINDER); // what waits there reminds as well
    }

    /// Whether the server has gone.
    boolean isBroken() {
        return broken;
    }

    /// Sends what waits, then the end.
    void end(StreamEnd end) throws IOException {
        if (dropped.sum() > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the server was too slow for {0} messages of an analysis",
                    dropped.sum());
        }
        try {
            letters.put(new Letter(WorkerProtocol.END, WorkerProtocol.endBody(end)));
            sender.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        try {
            boolean ended = false;
            while (!ended) {
                Letter first = letters.take();
                if (first.type() != WorkerProtocol.END) {
                    Thread.sleep(GATHER);
                }
                ended = send(first);
            }
        } catch (IOException _) {
            broken = true;
            forget();
        } catch (InterruptedException _) {
            broken = true; // nobody does
        }
    }

    /// One letter and those that came behind it.
    ///
    /// @return whether the end was among them
    private boolean send(Letter first) throws IOException {
        var together = new ArrayList<Letter>();
        together.add(first);
        letters.drainTo(together);
        var frames = new ArrayList<ByteBuffer>();
        int units = credit.getAndSet(0);
        if (units > 0) {
            add(frames, AnalyseProtocol.CREDIT, AnalyseProtocol.creditBody(units));
        }
        for (Letter letter : together) {
            if (letter != REMINDER) {
                add(frames, letter.type(), letter.body());
            }
        }
        connection.frames(frames);
        return together.getLast().type() == WorkerProtocol.END;
    }

    private static void add(List<ByteBuffer> frames, int type, ByteBuffer body) {
        frames.add(WorkerProtocol.frameHeader(type, body.remaining()));
        frames.add(body);
    }

    /// Takes what still comes, so that nobody waits for room.
    private void forget() {
        try {
            while (letters.take().type() != WorkerProtocol.END) {
                // nobody is there to be told
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
