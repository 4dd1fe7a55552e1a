package id.pantau.vision.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import id.pantau.media.AccessUnit;
import id.pantau.media.Samples;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.VideoFormat;
import id.pantau.media.mp4.Mp4File;
import id.pantau.vision.analysis.FileAnalysis;
import id.pantau.vision.analysis.SceneSettings;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.Line;
import id.pantau.vision.track.ObjectTrack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Streams analysed in a worker process, from their access units to what is said of them.
@Timeout(120)
class WorkerAnalysisTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T06:00:00Z");

    private static final Line EXIT = new Line("exit", 600.0 / 768, 0, 600.0 / 768, 1);

    private static final double EVERY_PICTURE = 4;

    @TempDir Path home;

    @Test
    void whoWalksByIsFollowedCountedAndShownAsInAFile() throws Exception {
        Said said = analyse("one-by-one-person-detection.mp4", null, 1, unit -> unit);
        List<Crossing.Direction> inFile = crossingsOfFile("one-by-one-person-detection.mp4");

        assertThat(said.end.reason()).isEqualTo(Reason.STOPPED);
        assertThat(said.crossings).extracting(Crossing::direction).isEqualTo(inFile);
        assertThat(said.crossings).hasSizeGreaterThanOrEqualTo(6);
        assertThat(said.labels).containsOnly(ObjectTrack.UNKNOWN);
        assertThat(said.conditions).isEmpty();
        assertThat(said.shots).hasSizeGreaterThanOrEqualTo(6);
        for (AnalysisMessage.Shot shot : said.shots) {
            var picture = ImageIO.read(new ByteArrayInputStream(shot.jpeg()));
            assertThat(picture.getWidth()).isEqualTo(768);
            assertThat(picture.getHeight()).isEqualTo(432);
        }
    }

    @Test
    void everythingIsDatedByTheWallClockOfItsPicture() throws Exception {
        Said said = analyse("one-by-one-person-detection.mp4", null, 1, unit -> unit);

        assertThat(said.sightings).isNotEmpty();
        assertThat(said.qualities)
                .extracting(minute -> Duration.between(BEGIN, minute.wallTime()).toSeconds())
                .containsExactly(0L, 60L);
        assertThat(said.qualities).noneMatch(minute -> minute.dark() || minute.blurred());
        for (Sighting sighting : said.sightings) {
            Duration since = Duration.between(BEGIN, sighting.wallTime());
            assertThat(since.toMillis() / 1e3).isCloseTo(sighting.pts90k() / 9e4, within(0.002));
        }
    }

    @Test
    void aDetectorGivesNames() throws Exception {
        Path model =
                Samples.folder("video").resolve("../../models/yolox_nano_dyn.onnx").normalize();
        Assumptions.assumeTrue(Files.exists(model), "needs the model " + model);

        Said said = analyse("street-cars-cyclist.mp4", model, 50, unit -> unit); // as it happened

        // Which two-wheeler takes more looks than a busy machine may have time for; the classes are
        // those of AnalyseCommandTest, where no picture is passed over.
        assertThat(said.labels).contains("car").containsAnyOf("bicycle", "motorcycle");
        assertThat(said.last().rates().looked()).isPositive();
        assertThat(said.last().rates().found()).isPositive();
    }

    @Test
    void damagedPicturesAreSurvived() throws Exception {
        long seed = RandomGenerator.getDefault().nextLong();
        System.out.println("damagedPicturesAreSurvived: seed " + seed);
        var random = new Random(seed);

        Said said =
                analyse("one-by-one-person-detection.mp4", null, 1, unit -> damaged(unit, random));

        assertThat(said.end.reason()).isEqualTo(Reason.STOPPED);
        assertThat(said.last().rates().frames()).isPositive();
    }

    @Test
    void aModelThatIsNoneIsSaidSo() throws Exception {
        Path model = Files.writeString(home.resolve("yolox_nano.onnx"), "no model");

        Said said = analyse("one-by-one-person-detection.mp4", model, 1, unit -> unit);

        assertThat(said.end.reason()).isEqualTo(Reason.SET_ASIDE);
        assertThat(said.end.detail()).contains("yolox_nano.onnx is no model");
    }

    @Test
    void aKeyFrameBecomesAStillPicture() throws Exception {
        try (var worker = worker();
                Mp4File clip = clip("one-by-one-person-detection.mp4")) {
            VideoFormat video = requireNonNull(clip.format().video());
            byte[] jpeg = worker.still(StillRequest.of(video, 320, List.of()), clip.unit(0));
            var picture = ImageIO.read(new ByteArrayInputStream(jpeg));
            assertThat(picture.getWidth()).isEqualTo(320);
            assertThat(picture.getHeight()).isEqualTo(180);
        }
    }

    // -- what the worker said ------------------------------------------------------------------

    private static final class Said {
        final List<Sighting> sightings = new ArrayList<>();
        final List<Crossing> crossings = new ArrayList<>();
        final List<AnalysisMessage.Shot> shots = new ArrayList<>();
        final List<AnalysisMessage.HealthChanged> conditions = new ArrayList<>();
        final List<AnalysisMessage.Quality> qualities = new ArrayList<>();
        final HashSet<String> labels = new HashSet<>();
        StreamEnd end = new StreamEnd(Reason.STOPPED, "not over yet");

        void take(AnalysisMessage message) {
            switch (message) {
                case AnalysisMessage.Seen(Sighting sighting) -> {
                    sightings.add(sighting);
                    crossings.addAll(sighting.observation().crossings());
                    sighting.observation().tracks().forEach(track -> labels.add(track.label()));
                }
                case AnalysisMessage.Shot shot -> shots.add(shot);
                case AnalysisMessage.HealthChanged change -> conditions.add(change);
                case AnalysisMessage.Quality quality -> qualities.add(quality);
            }
        }

        Sighting last() {
            return sightings.getLast();
        }
    }

    @FunctionalInterface
    private interface Change {
        AccessUnit of(AccessUnit unit);
    }

    private Said analyse(String name, @Nullable Path model, long pauseMs, Change change)
            throws Exception {
        try (var worker = worker();
                Mp4File clip = clip(name);
                WorkerAnalysis analysis =
                        worker.open(
                                AnalyseRequest.of(
                                        requireNonNull(clip.format().video()),
                                        model,
                                        EVERY_PICTURE,
                                        SceneSettings.of(List.of(EXIT))))) {
            Thread feeder = Thread.ofVirtual().start(() -> feed(clip, analysis, pauseMs, change));
            var said = new Said();
            for (AnalysisMessage message; (message = analysis.next()) != null; ) {
                said.take(message);
            }
            said.end = analysis.outcome().end();
            feeder.join();
            return said;
        }
    }

    private static List<Crossing.Direction> crossingsOfFile(String name) throws Exception {
        var crossings = new ArrayList<Crossing.Direction>();
        Path file = Samples.folder("video").resolve(name);
        try (var analysis = FileAnalysis.open(file, null, List.of(EXIT))) {
            for (FileAnalysis.Step step; (step = analysis.next()) != null; ) {
                step.observation().crossings().forEach(one -> crossings.add(one.direction()));
            }
        }
        return crossings;
    }

    private static void feed(Mp4File clip, WorkerAnalysis analysis, long pauseMs, Change change) {
        try {
            for (int i = 0; i < clip.size(); i++) {
                AccessUnit unit = clip.unit(i);
                if (unit.isVideo()) {
                    analysis.send(change.of(dated(unit)));
                    analysis.flush();
                    Thread.sleep(pauseMs);
                }
            }
            analysis.endInput();
        } catch (IOException | InterruptedException _) {
            // the job is over: the reader sees why
        }
    }

    private static AccessUnit dated(AccessUnit unit) {
        Instant wallTime = BEGIN.plusNanos(unit.pts().ticks90k() * 100_000 / 9);
        return new AccessUnit(
                unit.kind(), unit.dts(), unit.pts(), unit.keyFrame(), wallTime, unit.payload());
    }

    /// Every second one, anywhere.
    private static AccessUnit damaged(AccessUnit unit, Random random) {
        if (random.nextBoolean()) {
            return unit;
        }
        byte[] bytes = new byte[unit.sizeBytes()];
        unit.payload().get(bytes);
        for (int i = 0; i < 8; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new AccessUnit(
                unit.kind(),
                unit.dts(),
                unit.pts(),
                unit.keyFrame(),
                unit.wallTime(),
                ByteBuffer.wrap(bytes));
    }

    private static Mp4File clip(String name) throws IOException {
        Path file = Samples.folder("video").resolve(name);
        Assumptions.assumeTrue(Files.exists(file), "needs the clip " + file);
        return Mp4File.open(file);
    }

    private WorkerProcess worker() {
        return new WorkerProcess(
                WorkerCommand.ofClassPath(WorkerMain.class.getName(), List.of()),
                home,
                RandomGenerator.getDefault());
    }
}
