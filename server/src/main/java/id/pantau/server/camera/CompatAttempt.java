package id.pantau.server.camera;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import id.pantau.media.flv.FlvReader;
import id.pantau.media.flv.FlvReceiver;
import id.pantau.media.flv.FlvTag;
import id.pantau.media.flv.MalformedFlvException;
import id.pantau.vision.worker.PullRequest;
import id.pantau.vision.worker.WorkerJob;
import id.pantau.vision.worker.WorkerProcess;
import id.pantau.vision.worker.WorkerUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One stream read through FFmpeg, from its opening to its end.
final class CompatAttempt {
    private static final int MAX_TAG_BYTES = 16 << 20;
    private static final Duration NO_KEY_FRAME_AFTER = Duration.ofSeconds(60);

    /// @param killedTheWorker whether this stream did
    record Outcome(StreamEnd end, boolean killedTheWorker) {}

    private final WorkerProcess worker;
    private final PullRequest request;
    private final String host;
    private final Clock clock;
    private long lastUnitNanos = System.nanoTime();

    CompatAttempt(WorkerProcess worker, PullRequest request, String host, Clock clock) {
        this.worker = worker;
        this.request = request;
        this.host = host;
        this.clock = clock;
    }

    /// As [id.pantau.media.hub.StreamAttempt#run].
    Outcome run(Consumer<StreamSignal> sink) throws InterruptedException {
        if (!isKnown(host)) {
            // FFmpeg would call it an I/O error.
            return failed(
                    StreamEnd.Reason.HOST_UNKNOWN,
                    "No machine called %s is known.".formatted(host));
        }
        try (WorkerJob job = worker.open(request)) {
            StreamEnd end = play(job, sink);
            if (end != null) {
                return new Outcome(end, false);
            }
            WorkerJob.Outcome outcome = job.outcome();
            return new Outcome(outcome.end(), outcome.killedTheWorker());
        } catch (WorkerUnavailableException e) {
            return failed(StreamEnd.Reason.READER_DIED, e.sentence());
        }
    }

    /// @return null when the worker knows why it ended
    private @Nullable StreamEnd play(WorkerJob job, Consumer<StreamSignal> sink)
            throws InterruptedException {
        var receiver =
                new FlvReceiver(
                        clock,
                        System::nanoTime,
                        signal -> {
                            lastUnitNanos = System.nanoTime();
                            sink.accept(signal);
                        });
        var reader = new FlvReader(job.media(), MAX_TAG_BYTES);
        try {
            for (Optional<FlvTag> tag; (tag = reader.next()).isPresent(); ) {
                receiver.accept(tag.get());
                if (System.nanoTime() - lastUnitNanos > NO_KEY_FRAME_AFTER.toNanos()) {
                    return new StreamEnd(
                            StreamEnd.Reason.NO_KEY_FRAME,
                            "%s sent no key frame for %d seconds."
                                    .formatted(host, NO_KEY_FRAME_AFTER.toSeconds()));
                }
            }
            return null;
        } catch (ClosedByInterruptException _) {
            throw new InterruptedException();
        } catch (IOException _) {
            return null; // the connection broke: the worker died
        } catch (MalformedFlvException e) {
            return new StreamEnd(
                    StreamEnd.Reason.PROTOCOL_ERROR,
                    "FFmpeg makes no sense of what %s sends: %s.".formatted(host, e.getMessage()));
        }
    }

    private static boolean isKnown(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private static Outcome failed(StreamEnd.Reason reason, String sentence) {
        return new Outcome(new StreamEnd(reason, sentence), false);
    }
}
