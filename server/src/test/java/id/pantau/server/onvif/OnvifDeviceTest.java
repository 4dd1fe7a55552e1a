package id.pantau.server.onvif;

import static id.pantau.testkit.OnvifScript.Authentication.NONE;
import static id.pantau.testkit.OnvifScript.Authentication.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import id.pantau.server.onvif.OnvifException.Category;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.ManualClock;
import id.pantau.testkit.OnvifScript;
import id.pantau.testkit.OnvifSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnvifDeviceTest {
    private static final OnvifScript CAMERA = OnvifScript.camera("admin", "rahasia & <kuat>");
    private static final Credentials RIGHT = new Credentials("admin", "rahasia & <kuat>");
    private static final Credentials WRONG = new Credentials("admin", "12345");

    private static OnvifDevice connect(OnvifSimulator camera, @Nullable Credentials as) {
        return connect(camera.address(), as);
    }

    private static OnvifDevice connect(String address, @Nullable Credentials as) {
        return new Onvif(new OpenRules(), Clock.systemUTC())
                .connect(DeviceAddress.parse(address).orElseThrow(), as);
    }

    private static Category refusal(ThrowingAsk ask) {
        try {
            ask.run();
        } catch (OnvifException e) {
            assertThat(e.sentence()).doesNotContain("rahasia").matches(".{20,}[.?]");
            return e.category();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("not refused");
    }

    private interface ThrowingAsk {
        void run() throws IOException;
    }

    @ParameterizedTest
    @EnumSource(OnvifScript.Authentication.class)
    void everySignOnIsFoundOutWithoutAWrongPassword(OnvifScript.Authentication authentication)
            throws IOException {
        try (var camera = OnvifSimulator.start(CAMERA.with(authentication))) {
            OnvifDevice device = connect(camera, RIGHT);

            DeviceFacts facts = device.facts();
            device.facts();

            assertThat(facts)
                    .isEqualTo(
                            new DeviceFacts(
                                    "Pantau", "Simulated Dome", "1.2.3", "SIM-0001", "sim"));
            assertThat(device.hostname()).isEqualTo("simulated-dome");
            assertThat(device.networkPorts())
                    .containsExactly(
                            new NetworkPort(
                                    "eth0",
                                    true,
                                    "eth0",
                                    "02:00:00:00:00:01",
                                    List.of("192.0.2.10"),
                                    false));
            assertThat(camera.wrongPasswords()).isZero();
            assertThat(camera.asked("GetDeviceInformation")).isEqualTo(2); // the form is remembered
            assertThat(camera.asked("GetServices")).isEqualTo(authentication == NONE ? 1 : 2);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = OnvifScript.Authentication.class,
            names = {"TOKEN", "DIGEST_MD5", "DIGEST_SHA256"})
    void aWrongPasswordIsShownOnceAndNeverAgain(OnvifScript.Authentication authentication)
            throws IOException {
        try (var camera = OnvifSimulator.start(CAMERA.with(authentication))) {
            assertThat(refusal(() -> connect(camera, WRONG))).isEqualTo(Category.NOT_AUTHORISED);
            assertThat(camera.wrongPasswords()).isEqualTo(1);

            assertThat(refusal(() -> connect(camera, null))).isEqualTo(Category.NOT_AUTHORISED);
            assertThat(camera.wrongPasswords()).isEqualTo(1);
        }
    }

    @Test
    void aLockedCameraIsSaidToBeLocked() throws IOException {
        try (var camera = OnvifSimulator.start(CAMERA.lockingAfter(1))) {
            assertThat(refusal(() -> connect(camera, WRONG))).isEqualTo(Category.LOCKED_OUT);
            assertThat(refusal(() -> connect(camera, RIGHT))).isEqualTo(Category.LOCKED_OUT);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400_000, -90, 6, 3600, 400_000_000})
    void aClockThatIsOffIsCompensatedAndFound(long seconds) throws IOException {
        OnvifScript off = CAMERA.with(TOKEN).withClockOffset(Duration.ofSeconds(seconds));
        try (var camera = OnvifSimulator.start(off)) {
            OnvifDevice device = connect(camera, RIGHT);

            device.facts();

            assertThat(device.clockOffset().orElseThrow())
                    .isCloseTo(Duration.ofSeconds(seconds), Duration.ofSeconds(2));
            assertThat(device.findings())
                    .singleElement()
                    .satisfies(
                            finding -> assertThat(finding.code()).isEqualTo("onvif.clockOffset"));
            assertThat(camera.wrongPasswords()).isZero();
        }
    }

    @Test
    void aClockThatMovesAfterTheSignOnIsReadOnceMore() throws IOException {
        var ours = ManualClock.startingAt(Instant.now());
        try (var camera = OnvifSimulator.start(CAMERA.with(TOKEN))) {
            DeviceAddress address = DeviceAddress.parse(camera.address()).orElseThrow();
            OnvifDevice device = new Onvif(new OpenRules(), ours).connect(address, RIGHT);
            device.facts();
            assertThat(camera.asked("GetSystemDateAndTime")).isEqualTo(1);

            ours.step(Duration.ofHours(1));
            device.facts();

            assertThat(camera.asked("GetSystemDateAndTime")).isEqualTo(2);
            assertThat(device.clockOffset().orElseThrow())
                    .isCloseTo(Duration.ofHours(-1), Duration.ofSeconds(20));
        }
    }

    @Test
    void theRightClockIsNoFinding() throws IOException {
        try (var camera = OnvifSimulator.start(CAMERA)) {
            assertThat(connect(camera, RIGHT).findings()).isEmpty();
        }
    }

    @Test
    void profilesComeFromMedia2WithH265AndFromMediaOfOlderDevices() throws IOException {
        try (var camera = OnvifSimulator.start(CAMERA);
                var older = OnvifSimulator.start(CAMERA.older())) {
            MediaProfile main = connect(camera, RIGHT).media().profiles().getFirst();
            assertThat(main)
                    .isEqualTo(
                            new MediaProfile(
                                    "main",
                                    "main stream",
                                    "source",
                                    new VideoEncoding("H265", 1920, 1080, 25, 50, 4096),
                                    "",
                                    "drive",
                                    "node"));

            OnvifDevice old = connect(older, RIGHT);
            assertThat(old.services())
                    .containsExactlyInAnyOrder(
                            Service.DEVICE,
                            Service.MEDIA,
                            Service.PTZ,
                            Service.IMAGING,
                            Service.EVENTS);
            assertThat(old.media().profiles())
                    .extracting(MediaProfile::video)
                    .containsExactly(
                            new VideoEncoding("H264", 1920, 1080, 25, 50, 4096),
                            new VideoEncoding("H264", 640, 360, 15, 30, 512));
            assertThat(old.media().streamUri("main"))
                    .isEqualTo(URI.create("rtsp://127.0.0.1:554/main"));
            old.media().setSynchronizationPoint("main");
            assertThat(old.media().audioOutputs()).containsExactly("speaker");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "169.254.169.254", "internal.example"})
    void anAddressThatIsNotTheOneThatAnsweredIsRewrittenAndFound(String host) throws IOException {
        URI stream = URI.create("rtsp://user:pw@" + host + ":8554/live?channel=1&subtype=0");
        try (var camera = OnvifSimulator.start(CAMERA.naming(host).playing(stream, stream))) {
            OnvifDevice device = connect(camera, RIGHT);

            assertThat(device.media().profiles()).hasSize(2);
            assertThat(device.media().streamUri("main"))
                    .isEqualTo(URI.create("rtsp://127.0.0.1:8554/live?channel=1&subtype=0"));
            assertThat(device.media().findSnapshotUri("main").orElseThrow().getHost())
                    .isEqualTo("127.0.0.1");
            assertThat(device.findings())
                    .extracting(Finding::code)
                    .containsExactly("onvif.serviceRewritten", "onvif.streamRewritten");
        }
    }

    @Test
    void anUnknownProfileAndAnAbsentServiceAreRefusedWithTheirReason() throws IOException {
        try (var camera = OnvifSimulator.start(CAMERA.withoutPtz())) {
            OnvifDevice device = connect(camera, RIGHT);

            assertThat(refusal(() -> device.media().streamUri("none")))
                    .isEqualTo(Category.REQUEST_REFUSED);
            assertThat(refusal(device::ptz)).isEqualTo(Category.NOT_SUPPORTED);
            assertThat(device.media().profiles()).noneMatch(MediaProfile::hasPtz);
        }
    }

    @Test
    void anActionTheDeviceLacksIsNotSupported() throws IOException {
        try (var camera = OnvifSimulator.start(CAMERA.withoutActions("SystemReboot"))) {
            OnvifDevice device = connect(camera, RIGHT);
            assertThat(refusal(device::reboot)).isEqualTo(Category.NOT_SUPPORTED);
        }
        try (var camera = OnvifSimulator.start(CAMERA)) {
            assertThat(connect(camera, RIGHT).reboot()).contains("30 seconds");
            assertThat(camera.reboots()).isEqualTo(1);
        }
    }

    @Test
    void theDriveMovesAndStopsAndComesHome() throws Exception {
        try (var camera = OnvifSimulator.start(CAMERA)) {
            OnvifDevice device = connect(camera, RIGHT);
            MediaProfile profile = device.media().profiles().getFirst();
            Ptz ptz = device.ptz();
            PtzNode node = ptz.node(profile);
            assertThat(node.maxPresets()).isEqualTo(64);
            assertThat(node.home()).isTrue();

            ptz.moveContinuously(
                    "main", node, new PtzVector(0.8, -0.4, 0.5), Duration.ofSeconds(30));
            Eventually.await("it moves right", () -> camera.pan() > 0.05);
            assertThat(ptz.status("main").moving()).isTrue();
            ptz.stop("main");
            assertThat(camera.moving()).isFalse();
            assertThat(camera.tilt()).isNegative();
            assertThat(camera.zoom()).isPositive();

            ptz.moveAbsolutely("main", node, new PtzVector(0.25, -0.5, 0.75));
            assertThat(ptz.status("main").position()).isEqualTo(new PtzVector(0.25, -0.5, 0.75));
            ptz.moveRelatively("main", node, new PtzVector(-0.25, 0.25, -0.25));
            assertThat(camera.pan()).isEqualTo(0, within(1e-6));
            assertThat(camera.tilt()).isEqualTo(-0.25, within(1e-6));
            assertThat(refusal(() -> ptz.moveAbsolutely("main", node, new PtzVector(0, 0, -1))))
                    .isEqualTo(Category.REQUEST_REFUSED);
            ptz.gotoHome("main");
            assertThat(camera.zoom()).isZero();
        }
    }

    @Test
    void aContinuousMoveEndsByItselfWhenNobodyStopsIt() throws Exception {
        try (var camera = OnvifSimulator.start(CAMERA)) {
            OnvifDevice device = connect(camera, RIGHT);
            PtzNode node = device.ptz().nodes().getFirst();

            device.ptz()
                    .moveContinuously("main", node, new PtzVector(1, 0, 0), Duration.ofMillis(200));

            Eventually.await("it has stopped", () -> !camera.moving());
            assertThat(camera.pan()).isEqualTo(0.2, within(1e-6));
        }
    }

    @Test
    void presetsAreSetVisitedListedAndRemoved() throws IOException {
        try (var camera = OnvifSimulator.start(CAMERA)) {
            OnvifDevice device = connect(camera, RIGHT);
            Ptz ptz = device.ptz();
            PtzNode node = ptz.nodes().getFirst();
            ptz.moveAbsolutely("main", node, new PtzVector(0.5, 0.5, 0.5));

            String gate = ptz.setPreset("main", "Gerbang <utama> & \"jalan\"");
            ptz.gotoHome("main");
            ptz.gotoPreset("main", gate);

            assertThat(camera.pan()).isEqualTo(0.5, within(1e-6));
            assertThat(ptz.presets("main"))
                    .containsExactly(new Preset(gate, "Gerbang <utama> & \"jalan\""));
            ptz.removePreset("main", gate);
            assertThat(ptz.presets("main")).isEmpty();
            assertThat(refusal(() -> ptz.gotoPreset("main", gate)))
                    .isEqualTo(Category.REQUEST_REFUSED);
        }
    }

    @Test
    void aPatrolGoesRoundAndEndsWhenAPresetIsGone() throws Exception {
        try (var camera = OnvifSimulator.start(CAMERA)) {
            OnvifDevice device = connect(camera, RIGHT);
            Ptz ptz = device.ptz();
            String one = ptz.setPreset("main", "one");
            String two = ptz.setPreset("main", "two");
            int before = camera.asked("GotoPreset");

            try (var patrol =
                    PresetPatrol.start(
                            preset -> ptz.gotoPreset("main", preset),
                            List.of(one, two),
                            Duration.ofSeconds(5),
                            _ -> Thread.sleep(1))) {
                Eventually.await("three rounds", () -> camera.asked("GotoPreset") - before >= 6);
                ptz.removePreset("main", two);
                Eventually.await("it ends", () -> !patrol.running());
                assertThat(patrol.end()).isNotNull();
            }
        }
    }

    @Test
    void thePictureAndTheFocusAreSet() throws IOException {
        try (var camera = OnvifSimulator.start(CAMERA)) {
            Imaging imaging = connect(camera, RIGHT).imaging();

            assertThat(imaging.settings("source"))
                    .isEqualTo(new ImagingSettings(50.0, 60.0, 40.0, 30.0, "AUTO", null));
            assertThat(imaging.ranges("source").brightness())
                    .isEqualTo(new ImagingRanges.Range(0, 100));
            imaging.set("source", new ImagingSettings(70.0, null, null, null, null, null));
            imaging.moveFocus("source", -0.5);

            assertThat(camera.picture())
                    .containsEntry("Brightness", 70.0)
                    .containsEntry("Contrast", 60.0)
                    .containsEntry("FocusSpeed", -3.5);
            imaging.stopFocus("source");
            assertThat(camera.picture()).containsEntry("FocusSpeed", 0.0);
            assertThat(
                            refusal(() ->
                                    imaging.set(
                                            "source",
                                            new ImagingSettings(
                                                    170.0, null, null, null, null, null))))
                    .isEqualTo(Category.REQUEST_REFUSED);
        }
    }

    @Test
    void whatIsNoCameraIsSaidToBeNone() throws IOException {
        String page = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>";
        assertThat(refusalOf(page)).isEqualTo(Category.NOT_ONVIF);
        assertThat(refusalOf("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo(Category.NOT_ONVIF);
        assertThat(refusalOf("SSH-2.0-OpenSSH_9.6\r\n\r\n")).isEqualTo(Category.NOT_ONVIF);
        assertThat(refusalOf("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n"))
                .isEqualTo(Category.NOT_ONVIF);
        assertThat(refusalOf("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"))
                .isEqualTo(Category.NOT_ONVIF);
    }

    /// Of a server that answers that to everything.
    private static Category refusalOf(String answer) throws IOException {
        try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> {
                        while (true) {
                            try (Socket socket = server.accept()) {
                                socket.getInputStream().readNBytes(200);
                                socket.getOutputStream()
                                        .write(answer.getBytes(StandardCharsets.US_ASCII));
                                socket.shutdownOutput();
                                socket.getInputStream().readAllBytes();
                            } catch (IOException _) {
                                return;
                            }
                        }
                    });
            return refusal(() -> connect("127.0.0.1:" + server.getLocalPort(), RIGHT));
        }
    }

    @Test
    void nobodyThereIsUnreachableAndRefusedAddressesAreNotTouched() throws IOException {
        int free;
        try (var once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = once.getLocalPort();
        }
        assertThat(refusal(() -> connect("127.0.0.1:" + free, RIGHT)))
                .isEqualTo(Category.UNREACHABLE);
        var onvif =
                new Onvif(
                        (host, port) -> {
                            throw new OnvifException(
                                    Category.ADDRESS_REFUSED, host + " is not for cameras.");
                        },
                        Clock.systemUTC());
        try (var camera = OnvifSimulator.start(CAMERA)) {
            DeviceAddress address = DeviceAddress.parse(camera.address()).orElseThrow();
            assertThatThrownBy(() -> onvif.connect(address, RIGHT))
                    .isInstanceOfSatisfying(
                            OnvifException.class,
                            e -> assertThat(e.category()).isEqualTo(Category.ADDRESS_REFUSED));
            assertThat(camera.asked("GetSystemDateAndTime")).isZero();
        }
    }

    /// The one test here that waits for a real timeout.
    @Test
    void aDeviceThatStopsAnsweringOrDripsIsATimeout() throws IOException {
        try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> {
                        try (Socket socket = server.accept()) {
                            for (char c : "HTTP/1.1 200 OK\r\nX-Slow: ".toCharArray()) {
                                socket.getOutputStream().write(c);
                            }
                            while (true) {
                                socket.getOutputStream().write('x');
                                socket.getOutputStream().flush();
                                Thread.sleep(20);
                            }
                        } catch (IOException | InterruptedException _) {
                            // the client has gone
                        }
                    });
            DeviceAddress address =
                    DeviceAddress.parse("127.0.0.1:" + server.getLocalPort()).orElseThrow();
            long started = System.nanoTime();
            assertThatThrownBy(() ->
                            HttpExchange.post(
                                    InetAddress.getLoopbackAddress(),
                                    address,
                                    "text/xml",
                                    null,
                                    new byte[0],
                                    Duration.ofMillis(500)))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void theStrongerDigestIsChosen() {
        var challenges =
                List.of(
                        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5, nonce=\"n\", opaque=\"o\"",
                        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, nonce=\"n\", opaque=\"o\"");
        String answer = HttpDigest.of(challenges).orElseThrow().answer(RIGHT, "/onvif/x");
        assertThat(answer).contains("algorithm=SHA-256", "nc=00000001", "opaque=\"o\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.1.10 | http://192.168.1.10/onvif/device_service",
                "cam.lan:8080 | http://cam.lan:8080/onvif/device_service",
                "https://10.0.0.2/x?y=1 | https://10.0.0.2/x?y=1",
                "[fd00::1]:81 | http://[fd00::1]:81/onvif/device_service",
                "http://user:pw@10.0.0.2/ | -",
                "rtsp://10.0.0.2/ | -",
                "10.0.0.2:99999 | -",
                "two words | -",
                " | -"
            })
    void addressesAreTakenAsPeopleTypeThem(String row) {
        String[] parts = row.split("\\|");
        assertThat(DeviceAddress.parse(parts[0]).map(DeviceAddress::url).orElse("-"))
                .isEqualTo(parts[1].strip());
    }
}
