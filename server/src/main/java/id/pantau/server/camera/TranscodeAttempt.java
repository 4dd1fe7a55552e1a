package id.pantau.server.camera;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamHub;
import id.pantau.vision.worker.CodedUnit;
import id.pantau.vision.worker.TranscodeRequest;
import id.pantau.vision.worker.WorkerJob;
import id.pantau.vision.worker.WorkerProcess;
import id.pantau.vision.worker.WorkerTranscode;
import id.pantau.vision.worker.WorkerUnavailableException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One stream encoded anew, from its opening to its end: a thread of its own feeds the worker, the
/// calling one takes what comes back. A worker that is too slow loses whole GOPs of the camera, as
/// any reader of a hub does. Sound passes by the worker.
final class TranscodeAttempt {
    /// As long as a camera may take that has to be connected first.
    private static final Duration FIRST_FORMAT = Duration.ofSeconds(15);

    private final WorkerProcess worker;
    private final TranscodePlaces.Place place;
    private final LongAdder dropped;
    private long counted; // of the reader; the feeder's as long as it lives

    /// @param dropped counts what the worker was too slow for
    TranscodeAttempt(WorkerProcess worker, TranscodePlaces.Place place, LongAdder dropped) {
        this.worker = worker;
        this.place = place;
        this.dropped = dropped;
    }

    /// As [id.pantau.media.hub.StreamAttempt#run].
    WorkerJob.Outcome run(Supplier<StreamLease> source, Consumer<StreamSignal> sink)
            throws InterruptedException {
        try (StreamLease lease = source.get();
                HubReader reader =
                        lease.hub()
                                .subscribe(
                                        "transcode",
                                        HubReader.Limits.VIEWER,
                                        StreamHub.Start.NEWEST_KEY_FRAME)) {
            StreamSignal first = reader.poll(FIRST_FORMAT);
            return switch (first) {
                case null -> ended(StreamEnd.Reason.NO_ANSWER, "Nothing comes from the camera.");
                case StreamSignal.Ended(StreamEnd end) -> new WorkerJob.Outcome(end, false);
                case StreamSignal.FormatChanged(StreamFormat format) -> run(reader, format, sink);
                case StreamSignal.Unit _, StreamSignal.Gap _ ->
                        throw new IllegalStateException("a stream without a format");
            };
        } catch (CameraException _) {
            return ended(StreamEnd.Reason.STOPPED, "The camera was removed.");
        }
    }

    private WorkerJob.Outcome run(
            HubReader reader, StreamFormat format, Consumer<StreamSignal> sink)
            throws InterruptedException {
        VideoFormat video = format.video();
        if (video == null) {
            return ended(StreamEnd.Reason.UNSUPPORTED_CODEC, "The camera's stream has no picture.");
        }
        try (WorkerTranscode job = worker.open(TranscodeRequest.of(video))) {
            place.onRevoked(job::close);
            var pictures = new TranscodedPictures(format.audio(), sink);
            var feeder = new Feeder(reader, format, job, pictures);
            Thread feeding = Thread.ofVirtual().name("feed-transcode").start(feeder);
            try {
                take(job, pictures);
                // Before the job is closed: a worker that died is asked which jobs it had.
                return outcome(job, feeder);
            } finally {
                job.close();
                end(feeding);
                countDropped(reader);
            }
        } catch (WorkerUnavailableException e) {
            return ended(StreamEnd.Reason.READER_DIED, e.sentence());
        }
    }

    private WorkerJob.Outcome outcome(WorkerTranscode job, Feeder feeder)
            throws InterruptedException {
        StreamEnd known = feeder.end;
        if (place.isRevoked()) {
            return ended(StreamEnd.Reason.STOPPED, "Fewer may be converted now.");
        }
        return known == null ? job.outcome() : new WorkerJob.Outcome(known, false);
    }

    private void countDropped(HubReader reader) {
        long now = reader.dropped();
        dropped.add(now - counted);
        counted = now;
    }

    private static WorkerJob.Outcome ended(StreamEnd.Reason reason, String sentence) {
        return new WorkerJob.Outcome(new StreamEnd(reason, sentence), false);
    }

    private static void take(WorkerTranscode job, TranscodedPictures pictures)
            throws InterruptedException {
        try {
            for (CodedUnit unit; (unit = job.next()) != null; ) {
                pictures.picture(unit);
            }
        } catch (ClosedByInterruptException _) {
            throw new InterruptedException();
        } catch (IOException _) {
            // the job is over, or the worker died
        }
    }

    /// Also when this thread is being interrupted: the feeder must not outlive the reader.
    private static void end(Thread feeding) {
        boolean interrupted = Thread.interrupted();
        feeding.interrupt();
        while (feeding.isAlive()) {
            try {
                feeding.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Feeder implements Runnable {
        private final HubReader reader;
        private final StreamFormat format;
        private final WorkerTranscode job;
        private final TranscodedPictures pictures;

        /// Why the camera's stream is over; null when it is not.
        private volatile @Nullable StreamEnd end;

        Feeder(
                HubReader reader,
                StreamFormat format,
                WorkerTranscode job,
                TranscodedPictures pictures) {
            this.reader = reader;
            this.format = format;
            this.job = job;
            this.pictures = pictures;
        }

        @Override
        public void run() {
            try {
                StreamEnd known = null;
                while (known == null) {
                    known = feed(reader.take());
                }
                end = known;
            } catch (IOException _) {
                // the job is over: the other thread sees why
            } catch (InterruptedException _) {
                // the attempt is
            } finally {
                job.endInput();
            }
        }

        private @Nullable StreamEnd feed(StreamSignal signal) throws IOException {
            return switch (signal) {
                case StreamSignal.Unit(AccessUnit unit) -> {
                    if (unit.isVideo()) {
                        pictures.sent(unit);
                        job.send(unit);
                    } else {
                        pictures.sound(unit);
                    }
                    yield null;
                }
                case StreamSignal.FormatChanged(StreamFormat next) ->
                        next.equals(format)
                                ? null
                                : new StreamEnd(
                                        StreamEnd.Reason.CLOSED_BY_CAMERA,
                                        "The camera changed its picture; it is begun anew.");
                case StreamSignal.Gap _ -> {
                    countDropped(reader); // the next picture is a key frame
                    yield null;
                }
                case StreamSignal.Ended(StreamEnd over) -> over;
            };
        }
    }
}
