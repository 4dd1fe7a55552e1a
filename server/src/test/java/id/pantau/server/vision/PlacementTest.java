package id.pantau.server.vision;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.server.camera.CameraId;
import id.pantau.vision.worker.AnalyseRequest;
import id.pantau.vision.worker.StillRequest;
import id.pantau.vision.worker.VisionJobs;
import id.pantau.vision.worker.WorkerAnalysis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final double HIGH = 4;
    private static final double NORMAL = 2;
    private static final double LOW = 1;

    /// Nothing is analysed here: only where is asked for.
    private static final VisionJobs IDLE =
            new VisionJobs() {
                @Override
                public WorkerAnalysis open(AnalyseRequest request) {
                    throw new AssertionError("nobody opens a job");
                }

                @Override
                public byte[] still(StillRequest request, AccessUnit picture) {
                    throw new AssertionError("nobody takes a still");
                }
            };

    private long nowNanos;
    private final List<String> moved = new ArrayList<>();
    private final WorkPlace here = WorkPlace.ofThisMachine(IDLE, 8);
    private final Placement placement = placement();

    private Placement placement() {
        var made = new Placement(here, () -> nowNanos);
        made.onMoved(camera -> moved.add(camera.value()));
        return made;
    }

    private static WorkPlace elsewhere(String name, int capacity) {
        return new WorkPlace(name, IDLE, capacity, () -> "", () -> false);
    }

    private WorkPlace place(String camera, double weight) {
        return placement.place(new CameraId(camera), new Placement.Need(weight, ""));
    }

    private WorkPlace at(String camera) {
        return placement.find(new CameraId(camera)).orElseThrow();
    }

    @Test
    void thisMachineTakesEverythingWhereItIsAlone() {
        for (int i = 0; i < 100; i++) {
            assertThat(place("cam-" + i, NORMAL)).isSameAs(here);
        }
    }

    @Test
    void aWorkerThatComesTakesItsShareAndNoCameraMovesTwice() {
        for (int i = 0; i < 6; i++) {
            place("cam-" + i, NORMAL);
        }
        WorkPlace shed = elsewhere("gudang", 8);
        placement.came(shed);

        assertThat(placement.count(shed)).isEqualTo(3);
        assertThat(placement.count(here)).isEqualTo(3);
        assertThat(moved).hasSize(3).doesNotHaveDuplicates();

        moved.clear();
        placement.evenOut();
        assertThat(moved).as("what is even stays").isEmpty();
    }

    @Test
    void theLeastImportantAreMovedFirst() {
        place("high", HIGH);
        place("low", LOW);
        place("normal", NORMAL);
        placement.came(elsewhere("gudang", 4));
        assertThat(moved.getFirst()).isEqualTo("low");
        assertThat(at("high")).isSameAs(here);
    }

    @Test
    void aWorkerNeverTakesMoreThanItsCapacity() {
        WorkPlace small = elsewhere("kecil", 2);
        placement.came(small);
        for (int i = 0; i < 50; i++) {
            place("cam-" + i, NORMAL);
        }
        placement.evenOut();
        assertThat(placement.count(small)).isEqualTo(2);
        assertThat(placement.count(here)).isEqualTo(48);
    }

    @Test
    void whatAWorkerLeavesBehindIsPlacedAnewTheImportantFirst() {
        WorkPlace big = elsewhere("besar", 250);
        placement.came(big);
        place("low", LOW);
        place("high", HIGH);
        place("normal", NORMAL);
        assertThat(placement.count(big)).isEqualTo(3);
        WorkPlace oneMore = elsewhere("satu", 1);
        placement.came(oneMore);
        assertThat(moved).as("it would be fuller than those are now").isEmpty();

        var busy = placement.count(here);
        placement.went(big);

        assertThat(moved).containsExactly("high", "normal", "low");
        assertThat(placement.count(big)).isZero();
        assertThat(placement.count(here) + placement.count(oneMore)).isEqualTo(busy + 3);
    }

    @Test
    void aCameraThatLooksForObjectsGoesOnlyWhereTheModelLies() {
        var model = new AtomicReference<>("");
        var shed = new WorkPlace("gudang", IDLE, 250, model::get, () -> false);
        placement.came(shed);
        var objects = new Placement.Need(NORMAL, "abc");

        assertThat(placement.place(new CameraId("objects"), objects)).isSameAs(here);
        assertThat(place("motion", NORMAL)).isSameAs(shed);

        model.set("abc");
        placement.evenOut();
        assertThat(moved).containsExactly("objects");
        assertThat(at("objects")).isSameAs(shed);

        model.set("another");
        assertThat(placement.place(new CameraId("objects"), objects)).isSameAs(here);
    }

    @Test
    void whereACameraFailedItIsNotTriedAgainForAMinute() {
        WorkPlace shed = elsewhere("gudang", 250);
        placement.came(shed);
        assertThat(place("cam", NORMAL)).isSameAs(shed);

        placement.failed(new CameraId("cam"), shed);
        assertThat(place("cam", NORMAL)).isSameAs(here);
        placement.evenOut();
        assertThat(at("cam")).isSameAs(here);

        nowNanos += Duration.ofSeconds(61).toNanos();
        placement.evenOut();
        assertThat(at("cam")).isSameAs(shed);
    }

    @Test
    void theFailuresOfAWorkerThatIsGoingPlaceNobodyOutOfTurn() {
        var gone = new AtomicBoolean();
        var shed = new WorkPlace("gudang", IDLE, 250, () -> "", gone::get);
        placement.came(shed);
        place("low", LOW);
        gone.set(true);
        placement.failed(new CameraId("low"), shed);
        assertThat(at("low")).isSameAs(shed);
        placement.went(shed);
        assertThat(at("low")).isSameAs(here);
    }

    @Test
    void aCameraThatIsNotAnalysedAnyMoreTakesNoRoom() {
        WorkPlace small = elsewhere("kecil", 1);
        placement.came(small);
        assertThat(place("first", NORMAL)).isSameAs(here); // 1 of 8 is less than 1 of 1
        placement.left(new CameraId("first"));
        assertThat(placement.find(new CameraId("first"))).isEmpty();
        assertThat(placement.count(here)).isZero();
    }
}
