package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.onvif.Notification;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventChangesTest {
    private static final String MOTION = "tns1:VideoSource/MotionAlarm";
    private static final String PEOPLE = "tns1:RuleEngine/MyRuleDetector/PeopleDetect";

    private final EventChanges changes =
            new EventChanges(new CameraId("gate"), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void aStateIsToldWhenItBeginsAndWhenItEnds() {
        assertThat(motion("Changed", false)).isEmpty();
        assertThat(motion("Changed", true)).contains(true);
        assertThat(motion("Changed", true)).isEmpty();
        assertThat(motion("Changed", false)).contains(false);
    }

    @Test
    void theStateAtTheBeginningOfASubscriptionIsNoNews() {
        assertThat(motion("Initialized", true)).isEmpty();
        assertThat(motion("Changed", true)).isEmpty();
        assertThat(motion("Changed", false)).contains(false);
    }

    @Test
    void anEndThatASubscriptionMissedIsToldByTheNextOne() {
        assertThat(motion("Changed", true)).contains(true);
        assertThat(motion("Initialized", false)).contains(false);
    }

    @Test
    void whatJustHappensHasNoEnd() {
        var seen = new Notification(PEOPLE, null, "", Map.of(), Map.of("ObjectId", "7"));
        assertThat(changes.of(seen))
                .hasValueSatisfying(event -> assertThat(event.lasting()).isFalse());
    }

    private Optional<Boolean> motion(String operation, boolean state) {
        return changes.of(
                        new Notification(
                                MOTION,
                                null,
                                operation,
                                Map.of("VideoSourceToken", "1"),
                                Map.of("Count", "1", "State", Boolean.toString(state))))
                .map(DeviceEvent::active);
    }
}
