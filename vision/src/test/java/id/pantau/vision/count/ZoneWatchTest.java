package id.pantau.vision.count;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.Box;
import id.pantau.vision.Polygon;
import id.pantau.vision.track.ObjectTrack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneWatchTest {
    private static final Polygon RIGHT_HALF =
            new Polygon(
                    List.of(
                            new Polygon.Point(0.5, 0),
                            new Polygon.Point(1, 0),
                            new Polygon.Point(1, 1),
                            new Polygon.Point(0.5, 1)));

    private final ZoneWatch watch = new ZoneWatch(new Zone("z", RIGHT_HALF, Duration.ofSeconds(3)));
    private final List<ZoneChange.Kind> changes = new ArrayList<>();
    private int second;

    private void see(double... places) {
        var tracks = new ArrayList<ObjectTrack>();
        for (int i = 0; i < places.length; i++) {
            Box box = Box.ofCentre(places[i], 0.5, 0.1, 0.2);
            tracks.add(
                    new ObjectTrack(
                            i,
                            box,
                            "person",
                            0.9,
                            ObjectTrack.Seen.DETECTION,
                            Duration.ZERO,
                            box,
                            false,
                            true));
        }
        watch.look(Duration.ofSeconds(second++), tracks)
                .forEach(change -> changes.add(change.kind()));
    }

    @Test
    void oneEntersStaysAndLeaves() {
        see(0.2);
        see(0.6);
        assertThat(changes).isEmpty(); // once may be a slip
        see(0.7);
        assertThat(watch.occupancy()).isEqualTo(1);
        see(0.7);
        see(0.7); // for three seconds since it was first seen inside
        see(0.7);
        see(0.3);
        see(0.3);
        assertThat(changes)
                .containsExactly(
                        ZoneChange.Kind.ENTERED, ZoneChange.Kind.DWELT, ZoneChange.Kind.LEFT);
        assertThat(watch.occupancy()).isZero();
    }

    @Test
    void aBoxThatTremblesAtTheEdgeNeitherEntersNorLeaves() {
        for (int i = 0; i < 6; i++) {
            see(i % 2 == 0 ? 0.49 : 0.51);
        }
        assertThat(changes).isEmpty();
    }

    @Test
    void whoVanishesInsideHasLeft() {
        see(0.7);
        see(0.7);
        see();
        assertThat(changes).containsExactly(ZoneChange.Kind.ENTERED, ZoneChange.Kind.LEFT);
    }
}
