package id.pantau.server.vision;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamHub;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraException;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.StreamLease;
import id.pantau.server.camera.StreamName;
import id.pantau.vision.worker.StillRequest;
import id.pantau.vision.worker.VisionJobs;
import id.pantau.vision.worker.WorkerUnavailableException;
import java.io.IOException;
import java.time.Duration;

/// Still pictures of cameras as they are now: the newest key frame, decoded by the worker that
/// analyses the camera, else by this machine's. Thread-safe.
public final class Stills {
    /// A camera that has to be connected first gets this long.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// There is no picture at present.
    public static final class NoPictureException extends Exception {
        private static final long serialVersionUID = 1;

        NoPictureException(String sentence) {
            super(sentence);
        }

        /// Why, for people.
        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    private final CameraStreams streams;
    private final VisionJobs here;
    private final Workers workers;

    /// @param here this machine's worker; stays the caller's
    /// @param workers stay the caller's
    public Stills(CameraStreams streams, VisionJobs here, Workers workers) {
        this.streams = streams;
        this.here = here;
        this.workers = workers;
    }

    /// Hidden parts of the camera's picture are black.
    ///
    /// @param maxWidthPx a wider picture is made smaller
    /// @return JPEG
    public byte[] take(Camera camera, StreamName stream, int maxWidthPx)
            throws NoPictureException, InterruptedException {
        if (!camera.enabled()) {
            throw new NoPictureException("The camera is switched off.");
        }
        if (camera.source(stream).isEmpty()) {
            throw new NoPictureException("The camera has no such stream.");
        }
        try (StreamLease lease = streams.hold(camera.id(), stream);
                HubReader reader =
                        lease.hub()
                                .subscribe(
                                        "still",
                                        HubReader.Limits.VIEWER,
                                        StreamHub.Start.NEWEST_KEY_FRAME)) {
            return take(camera, reader, maxWidthPx);
        } catch (CameraException _) {
            throw new NoPictureException("The camera was removed.");
        }
    }

    private byte[] take(Camera camera, HubReader reader, int maxWidthPx)
            throws NoPictureException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        VideoFormat video = null;
        while (true) {
            StreamSignal signal = reader.poll(Duration.ofNanos(deadline - System.nanoTime()));
            switch (signal) {
                case null -> throw new NoPictureException("Nothing comes from the camera.");
                case StreamSignal.FormatChanged(StreamFormat format) -> video = format.video();
                case StreamSignal.Unit(AccessUnit unit) -> {
                    if (video != null && unit.isVideo() && unit.keyFrame()) {
                        return decode(camera, video, unit, maxWidthPx);
                    }
                }
                case StreamSignal.Gap _, StreamSignal.Ended _ -> {}
            }
        }
    }

    private byte[] decode(Camera camera, VideoFormat video, AccessUnit unit, int maxWidthPx)
            throws NoPictureException, InterruptedException {
        var request = StillRequest.of(video, maxWidthPx, camera.vision().hidden());
        try {
            WorkPlace place = workers.placement().find(camera.id()).orElse(null);
            if (place != null && !place.isThisMachine()) {
                try {
                    return place.jobs().still(request, unit);
                } catch (WorkerUnavailableException | IOException _) {
                    // this machine's own can do it as well
                }
            }
            return here.still(request, unit);
        } catch (WorkerUnavailableException e) {
            throw new NoPictureException(e.sentence());
        } catch (IOException e) {
            throw new NoPictureException(String.valueOf(e.getMessage()));
        }
    }
}
