package id.pantau.vision.worker;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.vision.analysis.LiveScene;
import id.pantau.vision.analysis.Observation;
import id.pantau.vision.analysis.Rates;
import id.pantau.vision.analysis.SceneAnalysis;
import id.pantau.vision.analysis.Shot;
import id.pantau.vision.decode.DecodeException;
import id.pantau.vision.decode.FrameCopy;
import id.pantau.vision.decode.JpegEncoder;
import id.pantau.vision.detect.ModelException;
import id.pantau.vision.health.HealthChange;
import id.pantau.vision.health.Quality;
import id.pantau.vision.track.TrackerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// Decodes a stream and analyses its pictures. Decodes on its job's thread; the scene is heard on
/// that or on one of the detector's.
final class AnalyseJob implements LiveScene.Listener, AutoCloseable {
    /// More pictures a second show nothing more.
    private static final double MOST_FPS = 10;

    /// Clocks of cameras are not exact.
    private static final double EARLY_S = 0.02;

    private static final double EVERY_PICTURE = 4;

    private static final int CREDIT_STEP = 4;

    /// So many pictures in a row that cannot be decoded are no accident.
    private static final int MAX_BAD_UNITS = 250;

    /// Without anything to say the server hears of the job this often.
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);

    /// Numbers of tracks tell nothing of what else was seen, and fit into a JSON number.
    private static final int TRACK_ID_BITS = 53;

    private final Outbox outbox;
    private final SceneDecoder decoder;
    private final FrameCopy copy = new FrameCopy();
    private final LiveScene scene;
    private final WallTimes wallTimes = new WallTimes();
    private long firstPts = AV_NOPTS_VALUE;
    private double dueS;
    private Duration last = Duration.ZERO; // of the newest frame analysed
    private volatile boolean moves; // something, in what was observed last
    private int badUnits;
    private int taken; // units since the last credit
    private @Nullable Duration told; // when the server heard something; whoever advances

    private AnalyseJob(
            AnalyseRequest request,
            Outbox outbox,
            DetectorPools.@Nullable Lease detector,
            HardwareDevices devices)
            throws FfmpegException {
        this.outbox = outbox;
        this.decoder =
                new SceneDecoder(
                        new VideoDecoder(request.codec(), request.configuration(), devices));
        var random = RandomGenerator.of("SecureRandom");
        var analysis =
                new SceneAnalysis(
                        request.scene(),
                        TrackerSettings.DEFAULT,
                        () -> random.nextLong() >>> (Long.SIZE - TRACK_ID_BITS));
        this.scene =
                new LiveScene(
                        analysis,
                        detector == null ? null : detector.pool(),
                        request.weight(),
                        betweenLooks(request.weight()),
                        this);
    }

    /// Half a second for a weight of 2; who weighs 4 or more has every picture looked at.
    private static Duration betweenLooks(double weight) {
        return weight >= EVERY_PICTURE
                ? Duration.ZERO
                : Duration.ofMillis(Math.round(1000 / weight));
    }

    /// @throws IOException when the server does not want it any more
    static void run(AnalyseRequest request, JobConnection connection, AnalysisMeans with)
            throws IOException {
        Niceness.lower(Niceness.MOTION);
        av_log_set_level(AV_LOG_QUIET);
        var outbox = new Outbox(connection);
        outbox.end(outcome(request, connection.frames(), outbox, with));
    }

    private static StreamEnd outcome(
            AnalyseRequest request, FrameReader frames, Outbox outbox, AnalysisMeans with) {
        Path model = request.model();
        try (DecodeTurns.Turn turn = with.turns().new Turn();
                DetectorPools.Lease detector = model == null ? null : with.pools().lease(model);
                var job = new AnalyseJob(request, outbox, detector, with.devices())) {
            return job.analyse(frames, turn);
        } catch (ModelException e) {
            return new StreamEnd(Reason.SET_ASIDE, "The model cannot be used: " + e.getMessage());
        } catch (FfmpegException | IOException | IllegalStateException e) {
            return new StreamEnd(Reason.PROTOCOL_ERROR, e.getMessage() + ".");
        } catch (LinkageError e) {
            return new StreamEnd(
                    Reason.PROTOCOL_ERROR, "FFmpeg is not available on this machine: " + e + ".");
        }
    }

    private StreamEnd analyse(FrameReader frames, DecodeTurns.Turn turn) throws IOException {
        for (FrameReader.RawFrame frame; (frame = frames.next()) != null && !outbox.isBroken(); ) {
            if (frame.type() != AnalyseProtocol.TIMED_UNIT) {
                throw new IOException("a frame of type " + frame.type());
            }
            TimedUnit unit = AnalyseProtocol.unit(frame.body());
            turn.take();
            if (!decode(unit)) {
                return new StreamEnd(Reason.PROTOCOL_ERROR, "The pictures cannot be decoded.");
            }
            if (++taken == CREDIT_STEP) {
                outbox.credit(taken);
                taken = 0;
            }
            if (!frames.hasMore()) {
                turn.release();
            }
        }
        return new StreamEnd(Reason.STOPPED, "Nothing more is to be analysed.");
    }

    /// @return false when it is hopeless
    private boolean decode(TimedUnit unit) throws DecodeException {
        wallTimes.put(unit.pts90k(), unit.wallTime());
        try {
            decoder.send(unit);
            badUnits = 0;
        } catch (FfmpegException _) {
            if (++badUnits == MAX_BAD_UNITS) {
                return false;
            }
        }
        for (AVFrame frame; (frame = decoder.next()) != null; ) {
            look(frame);
        }
        if (moves) {
            decoder.moved();
        }
        return true;
    }

    private void look(AVFrame frame) throws DecodeException {
        long pts = frame.best_effort_timestamp();
        if (pts == AV_NOPTS_VALUE) {
            return;
        }
        if (firstPts == AV_NOPTS_VALUE) {
            firstPts = pts;
        }
        double atS = (pts - firstPts) / 90_000.0;
        if (atS < dueS - EARLY_S) {
            return;
        }
        dueS = Math.max(dueS, atS - 1 / MOST_FPS) + 1 / MOST_FPS;
        last = Duration.ofNanos((long) (atS * 1e9));
        scene.take(copy.of(frame), last, copy::keep);
    }

    @Override
    public void observed(Observation seen, Rates rates) {
        moves = seen.moves();
        Duration heard = told;
        boolean empty =
                seen.tracks().isEmpty()
                        && seen.motion().blobs().isEmpty()
                        && seen.zoneChanges().isEmpty();
        if (empty && heard != null && seen.at().minus(heard).compareTo(SIGN_OF_LIFE) < 0) {
            return;
        }
        told = seen.at();
        long pts = pts(seen.at());
        var sighting = new Sighting(wallTimes.at(pts), pts, seen, rates);
        outbox.offer(AnalyseProtocol.SIGHTING, AnalyseProtocol.sightingBody(sighting));
    }

    @Override
    public void shot(Shot shot) {
        Instant wallTime = wallTimes.at(pts(shot.at()));
        try {
            byte[] jpeg = JpegEncoder.encode(shot.frame());
            var message = new AnalysisMessage.Shot(shot.track(), wallTime, shot.box(), jpeg);
            outbox.offer(AnalyseProtocol.SHOT, AnalyseProtocol.shotBody(message));
        } catch (DecodeException e) {
            throw new IllegalStateException("a shot", e);
        }
    }

    @Override
    public void health(HealthChange change) {
        var message =
                new AnalysisMessage.HealthChanged(
                        change.condition(), change.begins(), wallTimes.at(pts(change.at())));
        outbox.offer(AnalyseProtocol.HEALTH, AnalyseProtocol.healthBody(message));
    }

    @Override
    public void quality(Quality quality, Duration at) {
        Instant began = wallTimes.at(pts(at)).minus(at.minus(quality.from()));
        var message =
                new AnalysisMessage.Quality(
                        began, quality.dark(), quality.blurred(), quality.rainLike());
        outbox.offer(AnalyseProtocol.QUALITY, AnalyseProtocol.qualityBody(message));
    }

    private long pts(Duration at) {
        return firstPts + Math.round(at.toNanos() * 9 / 100_000.0);
    }

    @Override
    public void close() {
        scene.close();
        copy.close();
        decoder.close();
    }
}
