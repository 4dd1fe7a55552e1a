package id.pantau.server.camera;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamFeed;
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
            var target = new Pictures(reader, job, pictures);
            StreamFeed feed = StreamFeed.start("feed-transcode", reader, format, target);
            try {
                take(job, pictures);
                // Before the job is closed: a worker that died is asked which jobs it had.
                return outcome(job, feed);
            } finally {
                job.close();
                feed.close();
                countDropped(reader);
            }
        } catch (WorkerUnavailableException e) {
            return ended(StreamEnd.Reason.READER_DIED, e.sentence());
        }
    }

    private WorkerJob.Outcome outcome(WorkerTranscode job, StreamFeed feed)
            throws InterruptedException {
        StreamEnd known = feed.end();
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

    private final class Pictures implements StreamFeed.Target {
        private final HubReader reader;
        private final WorkerTranscode job;
        private final TranscodedPictures pictures;

        Pictures(HubReader reader, WorkerTranscode job, TranscodedPictures pictures) {
            this.reader = reader;
            this.job = job;
            this.pictures = pictures;
        }

        @Override
        public void unit(AccessUnit unit) throws IOException {
            if (unit.isVideo()) {
                pictures.sent(unit);
                job.send(unit);
            } else {
                pictures.sound(unit);
            }
        }

        @Override
        public void gap() {
            countDropped(reader);
        }

        @Override
        public void end() {
            job.endInput();
        }
    }
}
