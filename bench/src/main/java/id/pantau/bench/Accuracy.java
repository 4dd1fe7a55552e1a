package id.pantau.bench;

import id.pantau.testkit.MotMetrics;
import id.pantau.vision.Detection;
import id.pantau.vision.analysis.FileAnalysis;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.detect.DetectionModel;
import id.pantau.vision.detect.Detector;
import id.pantau.vision.detect.ModelCatalogue;
import id.pantau.vision.track.Look;
import id.pantau.vision.track.ObjectTrack;
import id.pantau.vision.track.Tracker;
import id.pantau.vision.track.TrackerSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How right the analysis is, against counts and tracks made by hand: every clip of the folder
/// `video` that a `counts*.json` beside it speaks of, and every set of the folder `tracking`. The
/// same settings for all of them; what selective recording would keep of the clips. Then faces,
/// plates, and a scene in which nothing moves.
final class Accuracy implements Benchmark {
    static final String SAMPLES = "pantau.samples";
    private static final Path MODELS = Path.of("../shared/models");

    /// What must be reached, by file: crossings found, and crossings that nobody made.
    private record Bound(int found, int wrong) {}

    private static final Map<String, Bound> BOUNDS =
            Map.of(
                    "car-detection.mp4", new Bound(4, 0),
                    "one-by-one-person-detection.mp4", new Bound(6, 1),
                    "street-cars-cyclist.mp4", new Bound(2, 0),
                    "bottle-detection.mp4", new Bound(0, 0),
                    "topdown-highway-cars.avi", new Bound(5, 0));

    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public String about() {
        return "the analysis against counts and tracks made by hand";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path samples = samples();
        var report = new Report(name()).setting("samples", samples.getFileName());
        ModelCatalogue.Found found = ModelCatalogue.find(models()).orElse(null);
        report.setting("model", found == null ? "none" : found.descriptor().id());
        try (DetectionModel model =
                        found == null
                                ? null
                                : DetectionModel.load(found.file(), found.descriptor());
                Detector detector = model == null ? null : new Detector(model);
                DirectoryStream<Path> counts =
                        Files.newDirectoryStream(samples.resolve("video"), "counts*.json")) {
            for (Path file : counts) {
                for (JsonNode clip : new JsonMapper().readTree(file.toFile()).path("clips")) {
                    count(report, samples.resolve("video"), clip, detector);
                }
            }
        }
        try (DirectoryStream<Path> sets =
                Files.newDirectoryStream(samples.resolve("tracking"), Files::isDirectory)) {
            for (Path set : sets) {
                track(report, set);
            }
        }
        FacesAndPlates.measure(report, samples, models());
        StillScene.measure(report);
        return report;
    }

    static Path samples() {
        return Path.of(System.getProperty(SAMPLES, Repository.root() + "/../shared/samples"));
    }

    static List<Path> models() {
        Path ofCheckout = Repository.root().resolve(MODELS);
        String named = System.getenv("PANTAU_MODELS");
        return named == null ? List.of(ofCheckout) : List.of(Path.of(named), ofCheckout);
    }

    private static void count(
            Report report, Path folder, JsonNode clip, @Nullable Detector detector)
            throws Exception {
        Path file = folder.resolve(clip.path("file").asString());
        System.err.println(file.getFileName());
        var truth = HandCount.of(clip);
        var crossings = new ArrayList<Crossing>();
        var frames = new HashMap<Duration, Integer>();
        var labels = new HashMap<Long, String>();
        try (FileAnalysis analysis = FileAnalysis.open(file, detector, truth.lines())) {
            for (FileAnalysis.Step step; (step = analysis.next()) != null; ) {
                frames.put(step.observation().at(), step.frame());
                crossings.addAll(step.observation().crossings());
                step.observation().tracks().forEach(one -> labels.put(one.id(), one.label()));
            }
        }
        HandCount.Score score = truth.compare(crossings, frames, labels);
        String name = clip.path("file").asString();
        Bound bound = BOUNDS.get(name);
        report.figure(name + ": crossings by hand", truth.crossings(), "");
        if (bound == null) {
            report.figure(name + ": found", score.found(), "");
            report.figure(name + ": nobody made", score.wrong(), "");
        } else {
            report.atLeast(name + ": found", score.found(), "", bound.found());
            report.atMost(name + ": nobody made", score.wrong(), "", bound.wrong());
        }
        report.figure(name + ": with the right class", score.named(), "");
        report.figure(name + ": at the right moment", score.timely(), "");
        Selective.measure(report, file, truth, detector);
    }

    private static void track(Report report, Path set) throws IOException {
        List<MotMetrics.Row> truth = MotMetrics.parse(Files.readAllLines(set.resolve("gt.txt")));
        String name = String.valueOf(set.getFileName());
        Path hypothesis = set.resolve("hyp.txt");
        if (Files.exists(hypothesis)) {
            MotMetrics given =
                    MotMetrics.of(truth, MotMetrics.parse(Files.readAllLines(hypothesis)));
            report.figure(name + ": MOTA of the finished tracks", given.mota(), "%");
            report.figure(name + ": IDF1 of the finished tracks", given.idf1(), "%");
        }
        MotMetrics ours = MotMetrics.of(truth, follow(set.resolve("det.txt")));
        report.atLeast(name + ": MOTA", ours.mota(), "%", 58);
        report.atLeast(name + ": IDF1", ours.idf1(), "%", 60);
    }

    /// By its detections alone, 25 frames a second.
    private static List<MotMetrics.Row> follow(Path detections) throws IOException {
        Map<Integer, List<Detection>> byFrame =
                Files.readAllLines(detections).stream()
                        .collect(
                                Collectors.groupingBy(
                                        line -> Integer.parseInt(line.split(",")[0]),
                                        Collectors.mapping(
                                                Accuracy::detection, Collectors.toList())));
        int last = byFrame.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        var ids = new AtomicLong();
        var tracker =
                new Tracker(TrackerSettings.DEFAULT.scores(0.6, 0.1, 0.6), ids::incrementAndGet);
        var rows = new ArrayList<MotMetrics.Row>();
        for (int frame = 1; frame <= last; frame++) {
            Duration at = Duration.ofMillis(40L * frame);
            for (ObjectTrack one :
                    tracker.update(
                            at, Look.whole(byFrame.getOrDefault(frame, List.of())), List.of())) {
                if (one.seen() == ObjectTrack.Seen.DETECTION) {
                    rows.add(new MotMetrics.Row(frame, one.id(), one.box().scaled(WIDE, WIDE)));
                }
            }
        }
        return rows;
    }

    /// The size of the pictures is not in the files: any will do that none of them exceeds.
    private static final double WIDE = 4096;

    private static Detection detection(String line) {
        double score = Double.parseDouble(line.split(",")[6]);
        var box = MotMetrics.parse(List.of(line)).getFirst().box().scaled(1 / WIDE, 1 / WIDE);
        return new Detection(box, "person", score);
    }
}
