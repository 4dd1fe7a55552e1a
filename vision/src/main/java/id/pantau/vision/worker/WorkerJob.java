package id.pantau.vision.worker;

import id.pantau.media.StreamEnd;
import java.io.InputStream;

/// One job, as the server sees it. Closing it ends it. Used by one thread; interrupting that thread
/// closes the connection.
public final class WorkerJob implements AutoCloseable {
    private final long number;
    private final RunningWorker worker;
    private final MediaFrames media;

    WorkerJob(long number, RunningWorker worker, MediaFrames media) {
        this.number = number;
        this.worker = worker;
        this.media = media;
    }

    /// The bytes of an FLV file; at its end when the job is over. Reading it slowly slows the
    /// source.
    public InputStream media() {
        return media;
    }

    /// How a job ended.
    ///
    /// @param killedTheWorker whether this very job did
    public record Outcome(StreamEnd end, boolean killedTheWorker) {}

    /// Why [#media] has ended.
    public Outcome outcome() throws InterruptedException {
        return worker.outcome(number, media.end());
    }

    @Override
    public void close() {
        media.close();
        worker.forget(number);
    }
}
