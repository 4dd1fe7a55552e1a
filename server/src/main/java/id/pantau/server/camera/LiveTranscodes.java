package id.pantau.server.camera;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import id.pantau.vision.worker.WorkerJob;
import id.pantau.vision.worker.WorkerProcess;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Streams encoded anew as H.264 in the worker process, for browsers that can show a camera in no
/// other way: one for each camera however many watch it, no more at once than is set, and none at
/// all unless that was set. Thread-safe.
public final class LiveTranscodes {
    private static final int MAX_KILLS = 3;

    private final @Nullable WorkerProcess worker;
    private final TranscodePlaces places;
    private final Map<CameraId, Integer> kills = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();

    /// What they cost and what they could not do.
    ///
    /// @param running now
    /// @param limit so many may; 0: they are off
    /// @param refused tries for which no place was free, since the start
    /// @param droppedUnits pictures of the cameras that the machine was too slow for, since the
    ///   start
    public record Figures(int running, int limit, long refused, long droppedUnits) {}

    /// @param worker stays the caller's
    public LiveTranscodes(WorkerProcess worker, int limit) {
        this.worker = worker;
        this.places = new TranscodePlaces(limit);
    }

    private LiveTranscodes() {
        this.worker = null;
        this.places = new TranscodePlaces(0);
    }

    /// For a server without a worker.
    public static LiveTranscodes none() {
        return new LiveTranscodes();
    }

    /// Takes effect at once; the newest that are too many end.
    public void setLimit(int most) {
        places.setLimit(most);
    }

    public boolean isOn() {
        return places.limit() > 0;
    }

    /// As [StreamName#find], and the transcode while there may be any.
    public Optional<StreamName> findStream(String text) {
        return isOn() && text.equals(StreamName.TRANSCODE.text())
                ? Optional.of(StreamName.TRANSCODE)
                : StreamName.find(text);
    }

    public Figures figures() {
        return new Figures(places.running(), places.limit(), places.refused(), dropped.sum());
    }

    /// Whoever saves a camera wants it tried again.
    void saved(CameraId camera) {
        kills.remove(camera);
    }

    /// @param source holds the stream that is to be encoded anew
    OpenedStream open(CameraId camera, Supplier<StreamLease> source) {
        return OpenedStream.of(sink -> run(camera, source, sink));
    }

    private StreamEnd run(
            CameraId camera, Supplier<StreamLease> source, Consumer<StreamSignal> sink)
            throws InterruptedException {
        WorkerProcess running = worker;
        if (kills.getOrDefault(camera, 0) >= MAX_KILLS) {
            return new StreamEnd(
                    StreamEnd.Reason.SET_ASIDE,
                    "Converting this camera has killed FFmpeg's process %d times in a row and is not"
                                    .formatted(MAX_KILLS)
                            + " tried until the camera is saved again.");
        }
        try (TranscodePlaces.Place place = places.enter()) {
            if (running == null || place == null) {
                return refused();
            }
            WorkerJob.Outcome outcome =
                    new TranscodeAttempt(running, place, dropped).run(source, sink);
            if (outcome.killedTheWorker()) {
                kills.merge(camera, 1, Integer::sum);
            } else if (outcome.end().reason() != StreamEnd.Reason.READER_DIED) {
                kills.remove(camera); // else it was not tried, or another stream's doing
            }
            return place.isRevoked() ? refused() : outcome.end();
        }
    }

    private StreamEnd refused() {
        int limit = places.limit();
        return new StreamEnd(
                StreamEnd.Reason.TRANSCODE_REFUSED,
                limit == 0
                        ? "Converting for browsers is switched off."
                        : "As many cameras as may be (%d) are converted for browsers already."
                                .formatted(limit));
    }
}
