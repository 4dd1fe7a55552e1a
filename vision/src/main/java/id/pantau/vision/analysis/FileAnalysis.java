package id.pantau.vision.analysis;

import id.pantau.vision.Frame;
import id.pantau.vision.count.Line;
import id.pantau.vision.decode.DecodeException;
import id.pantau.vision.decode.VideoFile;
import id.pantau.vision.detect.Detector;
import id.pantau.vision.detect.ModelException;
import id.pantau.vision.track.TrackerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The analysis of a video file, as fast as the machine allows. Confined to one thread; does not
/// close the detector.
public final class FileAnalysis implements AutoCloseable {
    /// More frames a second show nothing more.
    private static final double MOST_FPS = 30;

    /// Clocks of media files are rounded.
    private static final double EARLY_S = 0.004;

    /// @param frame index in the file, from 0
    public record Step(int frame, Observation observation) {}

    /// A frame of the file, analysed or not.
    ///
    /// @param frame after the analysis, which may have blackened parts; the reader's own until the
    ///   next one is asked for
    /// @param step null when this frame was not looked at
    public record Picture(Frame frame, @Nullable Step step) {}

    private final VideoFile video;
    private final double mostFps;
    private final SceneAnalysis scene;
    private final @Nullable Detector detector;
    private double dueS;

    private FileAnalysis(
            VideoFile video, double mostFps, SceneAnalysis scene, @Nullable Detector detector) {
        this.video = video;
        this.mostFps = mostFps;
        this.scene = scene;
        this.detector = detector;
    }

    /// @param detector null: motion alone
    /// @throws DecodeException when the file is no video that can be decoded
    public static FileAnalysis open(Path file, @Nullable Detector detector, List<Line> lines)
            throws DecodeException {
        return open(file, detector, lines, MOST_FPS);
    }

    /// @param mostFps so many frames a second are looked at, at most; a live camera has ten
    /// @throws DecodeException when the file is no video that can be decoded
    public static FileAnalysis open(
            Path file, @Nullable Detector detector, List<Line> lines, double mostFps)
            throws DecodeException {
        var ids = new AtomicLong();
        var scene =
                new SceneAnalysis(
                        SceneSettings.of(lines), TrackerSettings.DEFAULT, ids::incrementAndGet);
        return new FileAnalysis(VideoFile.open(file), mostFps, scene, detector);
    }

    /// As the file's header says; zero when it does not.
    public Duration length() {
        return video.length();
    }

    /// On average, of all frames of the file.
    public VideoFile.FrameRate rate() {
        return video.rate();
    }

    /// @return null at the end of the file
    public @Nullable Step next() throws DecodeException, ModelException {
        for (Picture picture; (picture = nextPicture()) != null; ) {
            if (picture.step() != null) {
                return picture.step();
            }
        }
        return null;
    }

    /// @return null at the end of the file
    public @Nullable Picture nextPicture() throws DecodeException, ModelException {
        VideoFile.TimedFrame timed = video.next();
        if (timed == null) {
            return null;
        }
        double atS = timed.time().toNanos() / 1e9;
        if (atS < dueS - EARLY_S) {
            return new Picture(timed.frame(), null);
        }
        dueS = Math.max(dueS, atS - 1 / mostFps) + 1 / mostFps;
        Observation seen = scene.look(detector, timed.frame(), timed.time());
        return new Picture(timed.frame(), new Step(timed.index(), seen));
    }

    @Override
    public void close() {
        video.close();
    }
}
