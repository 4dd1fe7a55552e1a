package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import id.pantau.media.Samples;
import id.pantau.vision.Detection;
import id.pantau.vision.track.Look;
import id.pantau.vision.track.ObjectTrack;
import id.pantau.vision.track.Tracker;
import id.pantau.vision.track.TrackerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Against hand-made tracks of a street (MOTChallenge TUD-Campus).
@Tag("samples")
class TrackingAccuracyTest {
    private final Path folder = Samples.folder("tracking/TUD-Campus");

    private List<MotMetrics.Row> rows(String name) throws IOException {
        return MotMetrics.parse(Files.readAllLines(folder.resolve(name)));
    }

    @Test
    void theMetricsAreThoseOfTheReference() throws IOException {
        MotMetrics metrics = MotMetrics.of(rows("gt.txt"), rows("hyp.txt"));
        assertThat(metrics.mota()).isEqualTo(52.6, within(0.05));
        assertThat(metrics.idf1()).isEqualTo(55.8, within(0.05));
        assertThat(metrics.falsePositives()).isEqualTo(13);
        assertThat(metrics.misses()).isEqualTo(150);
        assertThat(metrics.switches()).isEqualTo(7);
    }

    @Test
    void theTrackerFollowsPedestriansThroughOneAnother() throws IOException {
        MotMetrics metrics = MotMetrics.of(rows("gt.txt"), tracked());
        System.out.println(metrics);
        assertThat(metrics.mota()).isGreaterThanOrEqualTo(58);
        assertThat(metrics.idf1()).isGreaterThanOrEqualTo(60);
    }

    /// Without pictures: by detections alone.
    private List<MotMetrics.Row> tracked() throws IOException {
        Map<Integer, List<Detection>> detections =
                Files.readAllLines(folder.resolve("det.txt")).stream()
                        .collect(
                                Collectors.groupingBy(
                                        line -> Integer.parseInt(line.split(",")[0]),
                                        Collectors.mapping(
                                                TrackingAccuracyTest::detection,
                                                Collectors.toList())));
        var ids = new AtomicLong();
        var tracker =
                new Tracker(TrackerSettings.DEFAULT.scores(0.6, 0.1, 0.6), ids::incrementAndGet);
        var result = new ArrayList<MotMetrics.Row>();
        for (int frame = 1; frame <= 71; frame++) {
            List<ObjectTrack> tracks =
                    tracker.update(
                            Duration.ofMillis(40L * frame),
                            Look.whole(detections.getOrDefault(frame, List.of())),
                            List.of());
            for (ObjectTrack track : tracks) {
                if (track.seen() == ObjectTrack.Seen.DETECTION) {
                    result.add(new MotMetrics.Row(frame, track.id(), track.box().scaled(640, 480)));
                }
            }
        }
        return result;
    }

    private static Detection detection(String line) {
        MotMetrics.Row row = MotMetrics.parse(List.of(line)).getFirst();
        double score = Double.parseDouble(line.split(",")[6]);
        return new Detection(row.box().scaled(1 / 640.0, 1 / 480.0), "person", score);
    }
}
