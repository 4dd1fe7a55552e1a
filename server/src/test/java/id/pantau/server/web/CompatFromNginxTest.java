package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import id.pantau.server.camera.CompatOpener;
import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.server.camera.StreamTransport;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.NginxRtmp;
import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A camera is pushed to a real nginx-rtmp, and pulled back from it as another camera through
/// FFmpeg, through nginx's death and return.
@Timeout(240)
class CompatFromNginxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path home;
    @TempDir private Path folder;

    @Test
    void whatIsPulledBackIsRecordedAlsoAfterNginxCameBack() throws Exception {
        assumeTrue(NginxRtmp.isInstalled(), "no nginx with its RTMP module");
        var compat = new AtomicReference<CompatOpener>();
        try (var nginx = NginxRtmp.start(folder);
                var server =
                        new WholeServer(
                                home,
                                (source, username, password) ->
                                        source.transport() == StreamTransport.COMPAT
                                                ? compat.get().open(source, username, password)
                                                : OpenedStream.of(
                                                        new FilePlayer(
                                                                GoldenMedia.H264_AAC.path())))) {
            compat.set(server.server().bean(CompatOpener.class));
            String admin = server.adminToken();
            server.addCamera(admin, "gate", "rtsp://192.0.2.1/");
            server.create(
                    admin,
                    "/api/v1/relays",
                    "{\"camera\": \"gate\", \"url\": \"%s\"}".formatted(nginx.url("gate")));
            server.create(
                    admin,
                    "/api/v1/cameras",
                    """
                    {"id": "back", "name": "back", "main": {"url": "%s", "transport": "compat"},
                     "recording": {"mode": "continuous", "segmentMs": 5000}}
                    """
                            .formatted(nginx.url("gate")));

            awaitPhase(server, admin, "streaming");
            awaitNewFile(Set.of());
            nginx.kill();
            awaitPhase(server, admin, "waiting");
            Set<Path> before = files();
            nginx.restart();
            awaitPhase(server, admin, "streaming");
            awaitNewFile(before);
            awaitNewFile(files()); // so that the first new one is closed

            server.send(admin, "PATCH", "/api/v1/cameras/back", "{\"enabled\": false}");
            awaitPhase(server, admin, "disabled");
            Set<Path> recorded = files();
            assertThat(recorded).hasSizeGreaterThan(before.size());
            for (Path file : recorded) {
                decodesClean(file);
            }
        }
    }

    private static void awaitPhase(WholeServer server, String token, String phase)
            throws InterruptedException {
        Eventually.await(
                "the camera pulled back is " + phase,
                PATIENCE,
                () -> {
                    try {
                        return server.get(token, "/api/v1/cameras/back")
                                .json()
                                .at("/state/main/phase")
                                .stringValue()
                                .equals(phase);
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private void awaitNewFile(Set<Path> known) throws InterruptedException {
        Eventually.await("a new file is recorded", PATIENCE, () -> files().size() > known.size());
    }

    private Set<Path> files() {
        Path recordings = home.resolve("recordings");
        if (!Files.isDirectory(recordings)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.walk(recordings)) {
            return new HashSet<>(
                    all.filter(file -> file.getFileName().toString().startsWith("back_")).toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Pictures and sound, without a complaint.
    private static void decodesClean(Path file) throws Exception {
        List<String> arguments =
                List.of(
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-map",
                        "0:v:0",
                        "-map",
                        "0:a:0",
                        "-f",
                        "null",
                        "-");
        var played = FfmpegProgram.load().run(arguments, Duration.ofSeconds(30));
        assertThat(played.text()).as(file.toString()).isEmpty();
        assertThat(played.exitCode()).isZero();
    }
}
