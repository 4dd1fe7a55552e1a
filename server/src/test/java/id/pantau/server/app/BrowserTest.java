package id.pantau.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import id.pantau.server.camera.CameraDraft;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.StreamTransport;
import id.pantau.testkit.CameraFarm;
import id.pantau.testkit.GoldenMedia;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
        assumeTrue(hasChromium(), "no Chromium on this machine: apt-get install chromium");
        Path script = ROOT.resolve("ui/e2e/browser.mjs");
        assumeTrue(
                Files.isDirectory(ROOT.resolve("ui/node_modules/playwright-core")),
                "ui/node_modules is missing: (cd ui && npm ci)");
        Path screenshots = ROOT.resolve("server/target/browser");
        try (var farm = CameraFarm.start(2, GoldenMedia.H264_AAC, GoldenMedia.H264_SMALL);
                var server = TestServers.start(home, PASSWORD)) {
            var cameras = server.bean(Cameras.class);
            cameras.add(camera("Gerbang 1", farm.url(1), null));
            cameras.add(camera("Gerbang 2", farm.url(2), farm.subUrl(2)));
            Process walk =
                    new ProcessBuilder(
                                    "node",
                                    script.toString(),
                                    server.address(),
                                    "admin",
                                    PASSWORD,
                                    screenshots.toString())
                            .redirectErrorStream(true)
                            .start();
            String seen = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            System.out.println(seen);
            assertThat(walk.waitFor()).describedAs(seen).isZero();
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

    private static CameraDraft.Stream stream(URI url) {
        return new CameraDraft.Stream(url.toString(), StreamTransport.TCP);
    }

    private static boolean hasChromium() {
        String asked = System.getenv("PANTAU_CHROMIUM");
        return asked != null
                || Stream.of(
                                "/usr/bin/chromium",
                                "/usr/bin/chromium-browser",
                                "/usr/bin/google-chrome")
                        .anyMatch(path -> Files.isExecutable(Path.of(path)));
    }
}
