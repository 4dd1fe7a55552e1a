package id.pantau.vision.worker;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A stream that the worker analyses, as the server sees it. One thread sends, another one receives
/// meanwhile; any may close. Interrupting a thread that is inside closes the connection.
public final class WorkerAnalysis implements AutoCloseable {
    private final long number;
    private final JobEnds worker;
    private final Link link;
    private final FrameReader frames;
    private final Semaphore credit = new Semaphore(AnalyseProtocol.FIRST_CREDIT);
    private final List<ByteBuffer> unsent = new ArrayList<>(); // of the thread that sends
    private volatile boolean over;
    private @Nullable StreamEnd end;
    private @Nullable StreamEnd killer; // when this job killed a worker elsewhere

    WorkerAnalysis(long number, JobEnds worker, Link link) {
        this.number = number;
        this.worker = worker;
        this.link = link;
        this.frames = new FrameReader(link.input());
    }

    /// Puts a picture with those that [#flush] sends. Blocks while the worker has more to do than
    /// it can.
    ///
    /// @param unit a picture, the first one a key frame
    /// @throws IOException when the job is over
    public void send(AccessUnit unit) throws IOException, InterruptedException {
        if (!credit.tryAcquire()) {
            flush(); // there will be none for what the worker has not seen
            credit.acquire();
        }
        ByteBuffer[] frame =
                AnalyseProtocol.frame(
                        new TimedUnit(
                                unit.keyFrame(),
                                unit.pts().ticks90k(),
                                unit.wallTime(),
                                unit.payload()));
        unsent.addAll(List.of(frame));
    }

    /// Sends what was put there, at once. By the thread that sends.
    ///
    /// @throws IOException when the job is over
    public void flush() throws IOException {
        if (over) {
            throw new IOException("the job is over");
        }
        if (!unsent.isEmpty()) {
            link.write(unsent.toArray(ByteBuffer[]::new));
            unsent.clear();
        }
    }

    /// Nothing will be sent any more: the worker looks at what it has, and ends. By the thread that
    /// sends.
    public void endInput() {
        try {
            flush();
        } catch (IOException _) {
            // it is over anyway
        }
        link.endOutput();
    }

    /// What was seen next.
    ///
    /// @return null when the job is over
    public @Nullable AnalysisMessage next() throws IOException {
        try {
            for (FrameReader.RawFrame frame; (frame = frames.next()) != null; ) {
                switch (frame.type()) {
                    case AnalyseProtocol.CREDIT ->
                            credit.release(AnalyseProtocol.credit(frame.body()));
                    case AnalyseProtocol.SIGHTING -> {
                        return new AnalysisMessage.Seen(AnalyseProtocol.sighting(frame.body()));
                    }
                    case AnalyseProtocol.SHOT -> {
                        return AnalyseProtocol.shot(frame.body());
                    }
                    case AnalyseProtocol.HEALTH -> {
                        return AnalyseProtocol.health(frame.body());
                    }
                    case AnalyseProtocol.QUALITY -> {
                        return AnalyseProtocol.quality(frame.body());
                    }
                    case RemoteProtocol.KILLED -> {
                        killer = WorkerProtocol.readEnd(frame.body());
                        letGo();
                        return null;
                    }
                    case WorkerProtocol.END -> {
                        end = WorkerProtocol.readEnd(frame.body());
                        letGo();
                        return null;
                    }
                    default -> throw new IOException("a frame of type " + frame.type());
                }
            }
        } catch (IOException e) {
            letGo();
            throw e;
        } catch (IllegalArgumentException e) { // numbers that no box or object can have
            letGo();
            throw new IOException("the worker sends what cannot be", e);
        }
        letGo();
        return null;
    }

    private void letGo() {
        over = true;
        credit.release();
    }

    /// Why [#next] has ended.
    public WorkerJob.Outcome outcome() throws InterruptedException {
        StreamEnd known = killer;
        return known == null ? worker.outcome(number, end) : new WorkerJob.Outcome(known, true);
    }

    @Override
    public void close() {
        letGo();
        link.close();
        worker.forget(number);
    }
}
