package id.pantau.vision.track;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.Box;
import id.pantau.vision.Detection;
import id.pantau.vision.motion.Blob;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Ten frames a second.
class TrackerTest {
    private static final int FRAME_MS = 100;

    private final AtomicLong ids = new AtomicLong();
    private final Tracker tracker = new Tracker(TrackerSettings.DEFAULT, ids::incrementAndGet);
    private int frame;

    private List<ObjectTrack> look(@Nullable List<Detection> detections, Blob... blobs) {
        return see(detections == null ? null : Look.whole(detections), blobs);
    }

    private List<ObjectTrack> see(@Nullable Look look, Blob... blobs) {
        Duration at = Duration.ofMillis((long) FRAME_MS * frame++);
        return tracker.update(at, look, List.of(blobs));
    }

    private static Detection see(String label, double x, double y) {
        return new Detection(Box.ofCentre(x, y, 0.1, 0.1), label, 0.8);
    }

    private static Blob blob(double x, double y) {
        return new Blob(Box.ofCentre(x, y, 0.1, 0.1), 40, 30);
    }

    @Test
    void oneDetectionIsNoObjectYet() {
        assertThat(look(List.of(see("car", 0.2, 0.5)))).isEmpty();
        assertThat(tracker.tentative()).hasSize(1);
        assertThat(look(List.of(see("car", 0.22, 0.5)))).hasSize(1);
        assertThat(tracker.tentative()).isEmpty();
    }

    @Test
    void twoThatMeetKeepTheirNumbers() {
        for (int i = 0; i <= 20; i++) {
            double x = 0.1 + 0.04 * i;
            look(List.of(see("car", x, 0.45), see("car", 1 - x, 0.58)));
        }
        List<ObjectTrack> last = look(List.of(see("car", 0.94, 0.45), see("car", 0.06, 0.58)));
        assertThat(last).extracting(ObjectTrack::id).containsExactly(1L, 2L);
        assertThat(last.getFirst().box().centreX()).isGreaterThan(0.9);
    }

    @Test
    void aBlobCarriesWhatTheDetectorMisses() {
        look(List.of(see("car", 0.20, 0.5)));
        look(List.of(see("car", 0.23, 0.5)));
        for (int i = 2; i < 20; i++) {
            look(List.of(), blob(0.2 + 0.03 * i, 0.5));
        }
        List<ObjectTrack> now = look(List.of(), blob(0.8, 0.5));
        assertThat(now).hasSize(1);
        assertThat(now.getFirst().label()).isEqualTo("car");
        assertThat(now.getFirst().seen()).isEqualTo(ObjectTrack.Seen.BLOB);
        assertThat(now.getFirst().box().centreX()).isBetween(0.77, 0.83);
    }

    @Test
    void withoutADetectorWhatMovesIsUnknownAndWhatTremblesIsNothing() {
        List<ObjectTrack> now = List.of();
        for (int i = 0; i < 10; i++) {
            now = look(null, blob(0.2 + 0.03 * i, 0.3), blob(0.7 + 0.01 * (i % 2), 0.8));
        }
        assertThat(now).hasSize(1);
        assertThat(now.getFirst().label()).isEqualTo(ObjectTrack.UNKNOWN);
        assertThat(now.getFirst().box().centreX()).isBetween(0.44, 0.5);
    }

    @Test
    void aDetectorGivesTheBlobItsName() {
        for (int i = 0; i < 6; i++) {
            look(List.of(), blob(0.2 + 0.03 * i, 0.5));
        }
        List<ObjectTrack> now = look(List.of(see("truck", 0.38, 0.5)), blob(0.38, 0.5));
        assertThat(now).extracting(ObjectTrack::label).containsExactly("truck");
        assertThat(ids.get()).isEqualTo(1);
    }

    @Test
    void theClassIsThatOfTheWholeTrack() {
        List<ObjectTrack> now = List.of();
        for (int i = 0; i < 9; i++) {
            String label = i % 3 == 0 ? "bus" : "truck";
            now = look(List.of(see(label, 0.2 + 0.02 * i, 0.5)));
        }
        assertThat(now).extracting(ObjectTrack::label).containsExactly("truck");
    }

    @Test
    void aRiderIsNoPedestrian() {
        List<ObjectTrack> now = List.of();
        for (int i = 0; i < 5; i++) {
            double x = 0.2 + 0.02 * i;
            var rider = new Detection(Box.ofCentre(x, 0.46, 0.06, 0.12), "person", 0.9);
            now = look(List.of(rider, see("motorcycle", x, 0.5), see("person", 0.8, 0.5)));
        }
        assertThat(now)
                .extracting(ObjectTrack::label)
                .containsExactlyInAnyOrder("motorcycle", "person");
    }

    @Test
    void whatStandsIsKeptWhileNobodyLooksAndForgottenWhenItIsSeenNoMore() {
        for (int i = 0; i < 10; i++) {
            look(List.of(see("car", 0.5, 0.5)));
        }
        List<ObjectTrack> now = List.of();
        for (int i = 0; i < 100; i++) {
            now = look(null);
        }
        assertThat(now).hasSize(1);
        assertThat(now.getFirst().stationary()).isTrue();
        for (int i = 0; i < 20; i++) {
            now = look(List.of());
        }
        assertThat(now).isEmpty();
    }

    @Test
    void whatALookAtAPartDidNotShowIsNotMissedByIt() {
        for (int i = 0; i < 10; i++) {
            look(List.of(see("car", 0.2, 0.5), see("car", 0.8, 0.5)));
        }
        List<ObjectTrack> now = List.of();
        for (int i = 0; i < 20; i++) {
            now = see(new Look(new Box(0.5, 0, 1, 1), List.of()));
        }
        assertThat(now).extracting(ObjectTrack::id).containsExactly(1L);
        for (int i = 0; i < 20; i++) {
            now = look(List.of());
        }
        assertThat(now).isEmpty();
    }

    @Test
    void whatAnEdgeCutsStaysAsItWas() {
        for (int i = 0; i < 10; i++) {
            look(List.of(see("car", 0.5, 0.5)));
        }
        List<ObjectTrack> now = List.of();
        for (int i = 0; i < 20; i++) { // half of it can be seen
            var half = new Detection(new Box(0.5, 0.45, 0.55, 0.55), "car", 0.8);
            now = see(Look.at(new Box(0.5, 0, 1, 1), List.of(half)));
        }
        assertThat(now).hasSize(1);
        assertThat(now.getFirst().box().width()).isBetween(0.09, 0.11);
    }

    @Test
    void whoLeavesThePictureIsForgottenSoon() {
        List<ObjectTrack> now = List.of();
        for (int i = 0; i < 8; i++) {
            now = look(List.of(see("car", 0.7 + 0.04 * i, 0.5)));
        }
        assertThat(now).hasSize(1);
        for (int i = 0; i < 4; i++) {
            now = look(List.of());
        }
        assertThat(now).isEmpty();
    }

    @Test
    void theShadowOfAnObjectIsNoOther() {
        List<ObjectTrack> now = List.of();
        for (int i = 0; i < 12; i++) {
            double x = 0.2 + 0.03 * i;
            var shadow = new Blob(Box.ofCentre(x - 0.06, 0.56, 0.05, 0.03), 8, 20);
            now = look(List.of(see("person", x, 0.5)), shadow);
        }
        assertThat(now).extracting(ObjectTrack::label).containsExactly("person");
    }
}
