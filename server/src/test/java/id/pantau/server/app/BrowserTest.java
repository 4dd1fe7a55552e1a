package id.pantau.server.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraDraft;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.StreamTransport;
import id.pantau.server.camera.VisionSettings;
import id.pantau.server.event.Events;
import id.pantau.server.recording.Recordings;
import id.pantau.testkit.BrowserScript;
import id.pantau.testkit.CameraFarm;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.vision.health.Condition;
import id.pantau.vision.worker.AnalysisMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole product in headless Chromium: `ui/e2e/browser.mjs` signs in, watches live, plays back
/// and exports, on desktop and phone, in both languages. Screenshots are left in
/// `server/target/browser`.
@Tag("browser")
class BrowserTest {
    private static final String PASSWORD = "kopi susu gula aren";
    private static final Path ROOT = Path.of(System.getProperty("pantau.root", ".."));

    @TempDir Path home;

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void aPersonSeesHearsPlaysBackAndExportsInARealBrowser()
            throws IOException, InterruptedException {
        assumeTrue(BrowserScript.missing().isEmpty(), () -> BrowserScript.missing().orElseThrow());
        Path screenshots = ROOT.resolve("server/target/browser");
        try (var farm = CameraFarm.start(2, GoldenMedia.H264_AAC, GoldenMedia.H264_SMALL);
                var server = TestServers.start(home, PASSWORD)) {
            var cameras = server.bean(Cameras.class);
            cameras.add(camera("Gerbang 1", farm.url(1), null));
            cameras.add(camera("Gerbang 2", farm.url(2), farm.subUrl(2)));
            BrowserScript.run(
                    "browser.mjs", server.address(), "admin", PASSWORD, screenshots.toString());
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aPersonDrawsALineAZoneAndAMaskWithMouseFingerAndKeyboard()
            throws IOException, InterruptedException {
        assumeTrue(BrowserScript.missing().isEmpty(), () -> BrowserScript.missing().orElseThrow());
        Path screenshots = ROOT.resolve("server/target/browser-scene");
        try (var farm = CameraFarm.start(1, GoldenMedia.H264_AAC, GoldenMedia.H264_SMALL);
                var server = TestServers.start(home, PASSWORD)) {
            server.bean(Cameras.class).add(camera("Gerbang 1", farm.url(1), null));
            BrowserScript.run(
                    "scene.mjs", server.address(), "admin", PASSWORD, screenshots.toString());
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aMomentPlaysWhereAPersonRestsOnIt() throws IOException, InterruptedException {
        assumeTrue(BrowserScript.missing().isEmpty(), () -> BrowserScript.missing().orElseThrow());
        Path screenshots = ROOT.resolve("server/target/browser-review");
        try (var farm = CameraFarm.start(1, GoldenMedia.H264_AAC, GoldenMedia.H264_SMALL);
                var server = TestServers.start(home, PASSWORD)) {
            Camera gate =
                    server.bean(Cameras.class)
                            .add(analysed(camera("Gerbang 1", farm.url(1), null)));
            Instant before = Instant.now();
            var recordings = server.bean(Recordings.class);
            Eventually.await(
                    "it is recorded",
                    () -> !recordings.list(gate.id().value(), before, Instant.now()).isEmpty());
            var moved = new AnalysisMessage.HealthChanged(Condition.MOVED, true, Instant.now());
            server.bean(Events.class).healthChanged(gate, moved);
            BrowserScript.run(
                    "review.mjs", server.address(), "admin", PASSWORD, screenshots.toString());
        }
    }

    private static CameraDraft camera(String name, URI main, @Nullable URI sub) {
        return new CameraDraft(
                null,
                name,
                true,
                stream(main),
                sub == null ? null : stream(sub),
                null,
                null,
                RecordingSettings.DEFAULT,
                null,
                List.of());
    }

    private static CameraDraft analysed(CameraDraft draft) {
        VisionSettings usual = VisionSettings.DEFAULT;
        var vision =
                new VisionSettings(
                        true,
                        false,
                        usual.priority(),
                        usual.sensitivity(),
                        usual.classes(),
                        usual.leastScore(),
                        usual.scores(),
                        usual.lines(),
                        usual.zones(),
                        usual.watched(),
                        usual.ignored(),
                        usual.hidden());
        return new CameraDraft(
                draft.id(),
                draft.name(),
                draft.enabled(),
                draft.main(),
                draft.sub(),
                draft.username(),
                draft.password(),
                draft.recording(),
                draft.location(),
                draft.labels(),
                draft.onvif(),
                vision);
    }

    private static CameraDraft.Stream stream(URI url) {
        return new CameraDraft.Stream(url.toString(), StreamTransport.TCP);
    }
}
