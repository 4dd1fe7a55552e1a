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
        StreamEnd said = media.end();
        if (said != null) {
            return new Outcome(said, false);
        }
        RunningWorker.Death death = worker.awaitDeath();
        if (death == null) {
            return new Outcome(
                    new StreamEnd(
                            StreamEnd.Reason.READER_DIED,
                            "FFmpeg's process broke off the stream without a word."),
                    false);
        }
        boolean guilty = death.isBecauseOf(number);
        String what =
                guilty
                        ? "This stream killed FFmpeg's process."
                        : "FFmpeg's process died; it is started again.";
        return new Outcome(new StreamEnd(StreamEnd.Reason.READER_DIED, what), guilty);
    }

    @Override
    public void close() {
        media.close();
        worker.forget(number);
    }
}
