package id.pantau.vision.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.Box;
import id.pantau.vision.motion.Blob;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.track.ObjectTrack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterestTest {
    private static final Box FIRST = Box.ofCentre(0.1, 0.5, 0.1, 0.2);
    private final Interest interest = new Interest();
    private final List<Interest.Stretch> found = new ArrayList<>();

    private void look(int second, boolean moves, ObjectTrack... tracks) {
        List<Blob> blobs =
                moves ? List.of(new Blob(new Box(0, 0, 0.1, 0.1), 9, 30)) : List.<Blob>of();
        var motion = new Motion(0, blobs, new BitSet(), 160, 90, false);
        var seen =
                new Observation(
                        Duration.ofSeconds(second),
                        motion,
                        true,
                        List.of(),
                        List.of(tracks),
                        List.of(),
                        List.of());
        found.addAll(interest.look(seen, (_, score) -> score >= 0.5));
    }

    private static ObjectTrack car(double x, boolean stands, ObjectTrack.Seen seen) {
        return car(1, 3, 0.8, x, stands, seen);
    }

    private static ObjectTrack car(
            long id, int firstSeen, double score, double x, boolean stands, ObjectTrack.Seen seen) {
        var box = Box.ofCentre(x, 0.5, 0.1, 0.2);
        Duration first = Duration.ofSeconds(firstSeen);
        return new ObjectTrack(id, box, "car", score, seen, first, FIRST, stands, true);
    }

    /// A second car, which the detector is less sure of.
    private static ObjectTrack another(double score) {
        return car(2, 20, score, 0.3, false, ObjectTrack.Seen.DETECTION);
    }

    private static Interest.Stretch stretch(Interest.Kind kind, int from, int until) {
        return new Interest.Stretch(kind, Duration.ofSeconds(from), Duration.ofSeconds(until));
    }

    @Test
    void aFlickerIsNoMotionAndWhatGoesOnBeganWithItsFirstPicture() {
        look(1, true);
        look(2, false);
        look(3, true);
        look(4, true);
        look(5, true);
        assertThat(found)
                .containsExactly(
                        stretch(Interest.Kind.MOTION, 3, 4), stretch(Interest.Kind.MOTION, 3, 5));
    }

    @Test
    void whatHasAlwaysStoodThereIsNotRecordedUntilItMoves() {
        look(4, false, car(0.1, true, ObjectTrack.Seen.DETECTION));
        look(5, false, car(0.3, false, ObjectTrack.Seen.PREDICTION)); // a guess has not moved
        assertThat(found).isEmpty();
        look(6, false, car(0.3, false, ObjectTrack.Seen.DETECTION));
        assertThat(found).containsExactly(stretch(Interest.Kind.OBJECT, 3, 6));
    }

    @Test
    void whereACarWasSeenForSureAnotherOneIsBelievedSooner() {
        look(21, false, another(0.35));
        assertThat(found).isEmpty();
        look(30, false, car(0.3, false, ObjectTrack.Seen.DETECTION));
        look(40, false, another(0.35));
        look(41, false, another(0.25)); // but not anything
        assertThat(found)
                .containsExactly(
                        stretch(Interest.Kind.OBJECT, 3, 30),
                        stretch(Interest.Kind.OBJECT, 20, 40));
        look(30 + 600, false, another(0.35));
        assertThat(found).hasSize(2);
    }

    @Test
    void whoWasMotionFirstIsRecordedFromThereOn() {
        look(2, true);
        look(3, true);
        look(4, true, car(0.3, false, ObjectTrack.Seen.DETECTION)); // first seen at 3
        assertThat(found)
                .filteredOn(one -> one.kind() == Interest.Kind.OBJECT)
                .containsExactly(stretch(Interest.Kind.OBJECT, 2, 4));
    }

    @Test
    void whatHasMovedForLongIsNotAllOfItSomebodysComing() {
        look(0, true);
        look(1, true);
        look(4, true, car(0.3, false, ObjectTrack.Seen.DETECTION)); // first seen at 3
        assertThat(found)
                .filteredOn(one -> one.kind() == Interest.Kind.OBJECT)
                .containsExactly(stretch(Interest.Kind.OBJECT, 1, 4));
    }

    @Test
    void whoHasArrivedIsRecordedForAMinuteAndAgainWhenLeaving() {
        look(6, false, car(0.3, false, ObjectTrack.Seen.DETECTION));
        look(65, false, car(0.3, true, ObjectTrack.Seen.BLOB));
        look(66, false, car(0.3, true, ObjectTrack.Seen.BLOB));
        look(90, false, car(0.4, false, ObjectTrack.Seen.DETECTION));
        assertThat(found).extracting(one -> one.until().toSeconds()).containsExactly(6L, 65L, 90L);
    }

    @Test
    void whatDoesNotCountIsNoReason() {
        var weak =
                new ObjectTrack(
                        2,
                        Box.ofCentre(0.5, 0.5, 0.1, 0.2),
                        "car",
                        0.4,
                        ObjectTrack.Seen.DETECTION,
                        Duration.ZERO,
                        FIRST,
                        false,
                        true);
        look(1, false, weak);
        assertThat(found).isEmpty();
    }

    @Test
    void aPartOfAPersonIsNoReasonUntilAllOfItIsSeen() {
        look(6, false, reachingIn("person", false));
        assertThat(found).isEmpty();
        look(7, false, reachingIn("person", true));
        assertThat(found).containsExactly(stretch(Interest.Kind.OBJECT, 3, 7));
    }

    @Test
    void aPartOfACarIsACar() {
        look(6, false, reachingIn("car", false));
        assertThat(found).containsExactly(stretch(Interest.Kind.OBJECT, 3, 6));
    }

    private static ObjectTrack reachingIn(String label, boolean whole) {
        return new ObjectTrack(
                3,
                Box.ofCentre(0.05, 0.5, 0.1, 0.2),
                label,
                0.6,
                ObjectTrack.Seen.DETECTION,
                Duration.ofSeconds(3),
                Box.ofCentre(0.5, 0.5, 0.1, 0.2),
                false,
                whole);
    }
}
