package id.pantau.vision.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.vision.Box;
import id.pantau.vision.track.ObjectTrack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A line from the top to the bottom, in the middle.
class LineCounterTest {
    private static final double A = 0.45;
    private static final double B = 0.55;

    private final LineCounter counter = new LineCounter(new Line("gate", 0.5, 0.2, 0.5, 0.8));
    private final List<Crossing> crossings = new ArrayList<>();
    private int frame;

    private void see(long id, double x, double y) {
        see(id, x, y, ObjectTrack.Seen.DETECTION);
    }

    private void see(long id, double x, double y, ObjectTrack.Seen seen) {
        Box box = Box.ofCentre(x, y, 0.1, 0.1);
        var track = new ObjectTrack(id, box, "car", 0.8, seen, Duration.ZERO, box, false, true);
        crossings.addAll(counter.look(Duration.ofMillis(100L * frame++), List.of(track)));
    }

    private void nobody(int frames) {
        for (int i = 0; i < frames; i++) {
            crossings.addAll(counter.look(Duration.ofMillis(100L * frame++), List.of()));
        }
    }

    private void walk(long id, double... xs) {
        for (double x : xs) {
            see(id, x, 0.5);
        }
    }

    @Test
    void whoPassesIsCountedOnceWithTheMomentAndTheDirection() {
        walk(1, 0.3, 0.4, A, B, 0.6, 0.7);
        assertThat(crossings)
                .containsExactly(
                        new Crossing(
                                "gate", 1, Crossing.Direction.TO_LEFT, Duration.ofMillis(300)));
    }

    @Test
    void theWayBackIsTheOtherDirection() {
        walk(1, A, A, B, B, A, A);
        assertThat(crossings)
                .extracting(Crossing::direction)
                .containsExactly(Crossing.Direction.TO_LEFT, Crossing.Direction.TO_RIGHT);
    }

    @Test
    void aBoxThatFlickersAcrossIsNoCrossing() {
        walk(1, A, A, A, B, A, A, A);
        walk(1, B, A, B, A, B, A);
        assertThat(crossings).isEmpty();
    }

    @Test
    void theEndsOfTheLineArePassedWithoutACrossing() {
        for (double x : new double[] {A, A, B, B}) {
            see(1, x, 0.9);
        }
        assertThat(crossings).isEmpty();
    }

    @Test
    void whoIsLostAtTheLineAndComesBackUnderAnotherNumberIsCountedOnce() {
        walk(1, 0.3, 0.4, 0.47);
        nobody(2);
        walk(2, 0.53, 0.56, 0.6, 0.7);
        assertThat(crossings).hasSize(1);
        nobody(20);
        walk(3, 0.3, 0.4, A, 0.54, 0.55);
        nobody(1);
        walk(4, 0.48, 0.48, 0.56, 0.6);
        assertThat(crossings).extracting(Crossing::track).containsExactly(2L, 3L);
    }

    @Test
    void theNextInALineOfCarsIsCountedToo() {
        walk(1, 0.3, 0.4, A, 0.55, 0.65, 0.75);
        walk(2, 0.3, 0.4, A, 0.55, 0.65, 0.75);
        assertThat(crossings).extracting(Crossing::track).containsExactly(1L, 2L);
    }

    @Test
    void whereAnObjectShouldBeIsNotWhereItWasSeen() {
        walk(1, A, A);
        see(1, B, 0.5, ObjectTrack.Seen.PREDICTION);
        see(1, B, 0.5, ObjectTrack.Seen.PREDICTION);
        assertThat(crossings).isEmpty();
    }

    @Test
    void largerXAndLargerYAreAscendingHoweverTheLineWasDrawn() {
        for (Line standing :
                new Line[] {new Line("d", 0.5, 0, 0.5, 1), new Line("u", 0.5, 1, 0.5, 0)}) {
            assertThat(standing.isAscending(directionOf(standing, 0.4, 0.5, 0.6, 0.5))).isTrue();
            assertThat(standing.isAscending(directionOf(standing, 0.6, 0.5, 0.4, 0.5))).isFalse();
        }
        for (Line lying :
                new Line[] {new Line("r", 0, 0.5, 1, 0.5), new Line("l", 1, 0.5, 0, 0.5)}) {
            assertThat(lying.isAscending(directionOf(lying, 0.5, 0.4, 0.5, 0.6))).isTrue();
            assertThat(lying.isAscending(directionOf(lying, 0.5, 0.6, 0.5, 0.4))).isFalse();
        }
    }

    private static Crossing.Direction directionOf(
            Line line, double fromX, double fromY, double toX, double toY) {
        assertThat(line.isBetween(fromX, fromY, toX, toY)).isTrue();
        return line.side(toX, toY) > 0 ? Crossing.Direction.TO_RIGHT : Crossing.Direction.TO_LEFT;
    }

    @Test
    void aLineWithoutLengthIsRefused() {
        assertThatThrownBy(() -> new Line("dot", 0.5, 0.5, 0.5, 0.5)).hasMessageContaining("dot");
    }
}
