package id.pantau.server.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.hub.Backoff;
import id.pantau.server.onvif.OnvifException.Category;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.ManualClock;
import id.pantau.testkit.OnvifScript;
import id.pantau.testkit.OnvifSimulator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class EventPullTest {
    private static final String MOTION = "tns1:RuleEngine/CellMotionDetector/Motion";
    private static final OnvifScript CAMERA = OnvifScript.camera("admin", "rahasia");

    private final List<Notification> events = new CopyOnWriteArrayList<>();
    private final List<OnvifException> failures = new CopyOnWriteArrayList<>();
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    private Thread start(OnvifSimulator camera, String password) {
        return start(camera, password, Clock.systemUTC());
    }

    private Thread start(OnvifSimulator camera, String password, Clock clock) {
        var onvif = new Onvif(new OpenRules(), Clock.systemUTC());
        DeviceAddress address = DeviceAddress.parse(camera.address()).orElseThrow();
        var pull =
                new EventPull(
                        () -> onvif.connect(address, new Credentials("admin", password)),
                        events::add,
                        failures::add,
                        duration -> {
                            sleeps.add(duration);
                            Thread.sleep(5);
                        },
                        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(1)),
                        clock);
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        pull.run();
                    } catch (InterruptedException _) {
                        // over
                    }
                });
    }

    @Test
    void eventsArriveAndTheStateAtTheBeginningIsNoTrigger() throws Exception {
        try (var camera = OnvifSimulator.start(CAMERA)) {
            camera.fire(MOTION, true);
            Thread pulling = start(camera, "rahasia");
            Eventually.await("the state of before", () -> events.size() == 1);
            assertThat(events.getFirst().isTrigger()).isFalse();
            assertThat(events.getFirst().kind()).isEqualTo(EventKind.MOTION);

            camera.fire(MOTION, false);
            camera.fire("tns1:VideoSource/GlobalSceneChange/ImagingService", true);
            camera.fire("tns1:Device/Trigger/DigitalInput", true);
            camera.fire("tns1:VideoSource/SignalLoss", true);
            camera.fire("tns1:Device/tnsavg:Logs", true);

            Eventually.await("five more", () -> events.size() == 6);
            assertThat(events.subList(1, 6))
                    .extracting(Notification::kind)
                    .containsExactly(
                            EventKind.MOTION,
                            EventKind.TAMPER,
                            EventKind.DIGITAL_INPUT,
                            EventKind.VIDEO_LOSS,
                            EventKind.OTHER);
            assertThat(events.get(1).active()).contains(false);
            assertThat(events.get(5).topic()).isEqualTo("tns1:Device/tnsavg:Logs");
            pulling.interrupt();
            pulling.join();
            assertThat(camera.subscriptions()).isZero();
        }
    }

    @Test
    void aLostSubscriptionIsMadeAgain() throws Exception {
        try (var camera = OnvifSimulator.start(CAMERA)) {
            Thread pulling = start(camera, "rahasia");
            Eventually.await("subscribed", () -> camera.subscriptions() == 1);

            camera.dropSubscriptions();
            camera.fire(MOTION, false);

            Eventually.await("subscribed again", () -> !events.isEmpty());
            assertThat(failures.getFirst().category()).isEqualTo(Category.REQUEST_REFUSED);
            pulling.interrupt();
            pulling.join();
        }
    }

    @Test
    void aSubscriptionIsRenewedBeforeItEnds() throws Exception {
        try (var camera = OnvifSimulator.start(CAMERA)) {
            var clock = ManualClock.create();
            Thread pulling = start(camera, "rahasia", clock);
            Eventually.await("subscribed", () -> camera.subscriptions() == 1);
            camera.fire(MOTION, true);
            Eventually.await("told", () -> events.size() == 1);
            assertThat(camera.asked("Renew")).isZero();

            clock.advance(Duration.ofSeconds(31));
            camera.fire(MOTION, false);
            Eventually.await("renewed", () -> camera.asked("Renew") == 1);
            camera.fire(MOTION, true);
            Eventually.await("told", () -> events.size() == 3);
            assertThat(camera.asked("CreatePullPointSubscription")).isOne();
            assertThat(failures).isEmpty();
            pulling.interrupt();
            pulling.join();
        }
    }

    @Test
    void aDeviceWithoutRenewalGoesOnWithItsSubscription() throws Exception {
        try (var camera = OnvifSimulator.start(CAMERA.withoutActions("Renew"))) {
            var clock = ManualClock.create();
            Thread pulling = start(camera, "rahasia", clock);
            Eventually.await("subscribed", () -> camera.subscriptions() == 1);
            clock.advance(Duration.ofSeconds(31));
            camera.fire(MOTION, true);
            Eventually.await("told", () -> events.size() == 1);
            camera.fire(MOTION, false);
            Eventually.await("told again", () -> events.size() == 2);
            assertThat(camera.asked("CreatePullPointSubscription")).isOne();
            assertThat(failures).isEmpty();
            pulling.interrupt();
            pulling.join();
        }
    }

    @Test
    void aWrongPasswordIsNotTriedAgainSoon() throws Exception {
        try (var camera = OnvifSimulator.start(CAMERA)) {
            Thread pulling = start(camera, "wrong");
            Eventually.await("refused", () -> !sleeps.isEmpty());
            pulling.interrupt();
            pulling.join();

            assertThat(failures.getFirst().category()).isEqualTo(Category.NOT_AUTHORISED);
            assertThat(sleeps.getFirst()).isEqualTo(Duration.ofMinutes(15));
        }
    }
}
