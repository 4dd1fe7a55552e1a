package id.pantau.server.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import id.pantau.testkit.BrowserScript;
import id.pantau.testkit.Eventually;
import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Whoever publishes reaches whoever plays: every publisher with all players at once, through the
/// whole server. Each player decodes pictures and sound; the pictures are those of the published
/// clip bit by bit, so nothing was encoded again.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class InteropMatrixTest {
    /// A tone's samples exceed it, silence and an empty file do not.
    private static final int AUDIBLE = 300;

    @TempDir private Path folder;
    private WholeServer server;
    private String admin;

    @BeforeAll
    void start(@TempDir Path home) {
        server = new WholeServer(home);
        admin = server.adminToken();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void reachesEveryProgram(InteropPublisher publisher) throws Exception {
        assumeTrue(publisher.missing().isEmpty(), () -> publisher.missing().orElseThrow());
        Optional<DecodedPictures> sent = publisher.pictures(folder);
        InteropDoor door = door("programs-" + slug(publisher));
        Process running = publisher.start(door, folder);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            awaitStreaming(door, running);
            Map<InteropPlayer, CompletableFuture<InteropPlayer.Played>> players =
                    new LinkedHashMap<>();
            for (InteropPlayer player : InteropPlayer.values()) {
                if (player.missing().isEmpty()) {
                    players.put(
                            player,
                            CompletableFuture.supplyAsync(() -> play(player, door), threads));
                }
            }
            var verdicts = new SoftAssertions();
            for (var player : players.entrySet()) {
                InteropPlayer.Played played = player.getValue().get(2, TimeUnit.MINUTES);
                String pair = "%s to %s: %s".formatted(publisher, player.getKey(), played.said());
                judge(pair, sent, played, verdicts);
            }
            verdicts.assertAll();
        } finally {
            running.destroyForcibly();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("browser")
    void reachesEveryWayOfABrowser(InteropPublisher publisher) throws Exception {
        assumeTrue(BrowserScript.missing().isEmpty(), () -> BrowserScript.missing().orElseThrow());
        assumeTrue(publisher.missing().isEmpty(), () -> publisher.missing().orElseThrow());
        InteropDoor door = door("browser-" + slug(publisher));
        Process running = publisher.start(door, folder);
        try {
            awaitStreaming(door, running);
            String said =
                    BrowserScript.run(
                            "players.mjs", "play", door.http(), door.camera(), door.ticket());
            JsonNode seen = WholeServer.JSON.readTree(said);
            var verdicts = new SoftAssertions();
            for (String way : new String[] {"hls", "llHls", "mse", "whep"}) {
                verdicts.assertThat(seen.at("/" + way + "/pictures").asInt())
                        .as("pictures from %s by %s", publisher, way)
                        .isGreaterThanOrEqualTo(40);
                boolean heard = !way.equals("whep") || publisher.isHeardOverWebRtc();
                verdicts.assertThat(seen.at("/" + way + "/sound").asDouble() > 0)
                        .as("sound from %s by %s", publisher, way)
                        .isEqualTo(heard);
            }
            verdicts.assertAll();
        } finally {
            running.destroy();
            running.waitFor(10, TimeUnit.SECONDS);
            running.destroyForcibly();
        }
    }

    private static String slug(InteropPublisher publisher) {
        return publisher.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private InteropDoor door(String camera) throws Exception {
        server.addCamera(admin, camera, "publish://");
        String key = camera(camera).get("streamKey").stringValue();
        var answer = server.send(admin, "POST", "/api/v1/cameras/" + camera + "/tickets", "{}");
        return new InteropDoor(
                camera,
                key,
                answer.json().get("ticket").stringValue(),
                server.server().port(),
                server.server().rtspPort(),
                server.server().rtmpPort());
    }

    private void awaitStreaming(InteropDoor door, Process publisher) throws InterruptedException {
        Eventually.await(
                "it is published",
                Duration.ofSeconds(30),
                () -> {
                    if (!publisher.isAlive()) {
                        throw new AssertionError(FfmpegProgram.tailOf(publisher));
                    }
                    return camera(door.camera())
                            .at("/state/main/phase")
                            .stringValue()
                            .equals("streaming");
                });
    }

    private JsonNode camera(String id) {
        try {
            return server.get(admin, "/api/v1/cameras/" + id).json();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private InteropPlayer.Played play(InteropPlayer player, InteropDoor door) {
        try {
            return player.play(door, Files.createTempDirectory(folder, "played"));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// @param pair for the report: who publishes to whom
    /// @param sent the published pictures, where they are known
    private static void judge(
            String pair,
            Optional<DecodedPictures> sent,
            InteropPlayer.Played played,
            SoftAssertions verdicts)
            throws IOException {
        if (!Files.exists(played.pictures()) || !Files.exists(played.sound())) {
            verdicts.fail("nothing was decoded, " + pair);
            return;
        }
        if (sent.isPresent()) {
            verdicts.assertThat(Files.size(played.pictures()) / sent.get().pictureBytes())
                    .as("pictures, " + pair)
                    .isGreaterThanOrEqualTo(InteropPlayer.PICTURES);
            verdicts.assertThat(sent.get().strangersIn(played.pictures()))
                    .as("pictures that are not the clip's, " + pair)
                    .isZero();
        } else {
            verdicts.assertThat(Files.size(played.pictures()))
                    .as("bytes of pictures, " + pair)
                    .isPositive();
        }
        verdicts.assertThat(loudest(played.sound())).as("sound, " + pair).isGreaterThan(AUDIBLE);
    }

    private static int loudest(Path sound) throws IOException {
        var samples =
                ByteBuffer.wrap(Files.readAllBytes(sound))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer();
        int loudest = 0;
        while (samples.hasRemaining()) {
            loudest = Math.max(loudest, Math.abs(samples.get()));
        }
        return loudest;
    }
}
