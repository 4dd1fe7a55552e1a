package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Samples;
import id.pantau.server.app.Pantau;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.server.camera.StreamOpener;
import id.pantau.server.vision.Analyses;
import id.pantau.server.vision.AnalysisListener;
import id.pantau.testkit.Eventually;
import id.pantau.vision.worker.Sighting;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A whole server and `pantau worker` in a JVM of its own, joined by loopback.
@Timeout(180)
class WorkersOverHttpTest {
    private static final String CLIP = "one-by-one-person-detection.mp4";
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final StreamOpener FILES =
            (_, _, _) -> OpenedStream.of(new FilePlayer(Samples.folder("video").resolve(CLIP)));

    @TempDir Path folder;
    private final List<Process> children = new ArrayList<>();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private int port;
    private WholeServer server;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        Path clip = Samples.folder("video").resolve(CLIP);
        Assumptions.assumeTrue(Files.exists(clip), "needs the clip " + clip);
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server =
                new WholeServer(
                        folder.resolve("home"),
                        Map.of("PANTAU_WORKER_PORT", String.valueOf(port)),
                        FILES);
        admin = server.adminToken();
    }

    @AfterEach
    void stop() throws Exception {
        for (Process child : children) {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly().waitFor();
        }
        if (server != null) {
            server.close();
        }
    }

    private Path key(String name, int capacity) throws Exception {
        JsonNode made =
                server.create(
                        admin,
                        "/api/v1/workers",
                        "{\"name\": \"%s\", \"capacity\": %d}".formatted(name, capacity));
        assertThat(made.get("port").intValue()).isEqualTo(port);
        return Files.writeString(folder.resolve(name + ".key"), made.get("keyFile").stringValue());
    }

    private Process worker(String name, Path key) throws IOException {
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                Pantau.class.getName(),
                                "worker",
                                "--home",
                                folder.resolve(name).toString(),
                                "--connect",
                                "localhost:" + port,
                                "--name",
                                name,
                                "--key",
                                key.toString())
                        .redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process child = builder.start();
        children.add(child);
        Thread.ofVirtual()
                .start(() -> {
                    try (BufferedReader lines = child.inputReader()) {
                        lines.lines().forEach(said::add);
                    } catch (IOException | java.io.UncheckedIOException _) {
                        // it was killed
                    }
                });
        return child;
    }

    private void awaitSaid(String part) throws InterruptedException {
        String line;
        do {
            line = said.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(line).as("the worker says: " + part).isNotNull();
        } while (line == null || !line.contains(part));
    }

    private void analyse(String camera) throws Exception {
        server.addCamera(admin, camera, "rtsp://192.0.2.1/clip");
        var answer =
                server.send(
                        admin,
                        "PATCH",
                        "/api/v1/cameras/" + camera,
                        "{\"vision\": {\"enabled\": true, \"objects\": false}}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /// @return name of the worker, `local`, or the phase while it is not analysed
    private String where(String camera) {
        try {
            JsonNode vision =
                    server.get(admin, "/api/v1/cameras/" + camera)
                            .json()
                            .get("state")
                            .get("vision");
            String phase = vision.get("phase").stringValue();
            if (!phase.equals("analysing") || vision.get("fps").doubleValue() == 0) {
                return phase;
            }
            return vision.has("worker") ? vision.get("worker").stringValue() : "local";
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isAt(String camera, String worker) {
        try {
            JsonNode vision =
                    server.get(admin, "/api/v1/cameras/" + camera)
                            .json()
                            .get("state")
                            .get("vision");
            return vision.has("worker") && vision.get("worker").stringValue().equals(worker);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Hears when a camera's pictures are looked at again after its analysis broke off.
    private static final class FirstSighting implements AnalysisListener {
        private final String wanted;
        private final CountDownLatch seen;
        private volatile boolean begun;

        FirstSighting(String wanted, CountDownLatch seen) {
            this.wanted = wanted;
            this.seen = seen;
        }

        @Override
        public void seen(Camera camera, Sighting sighting, boolean named) {
            if (begun && camera.id().value().equals(wanted)) {
                seen.countDown();
            }
        }

        @Override
        public void begun(Camera camera) {
            begun |= camera.id().value().equals(wanted);
        }
    }

    private JsonNode workers() throws Exception {
        return server.get(admin, "/api/v1/workers").json().get("workers");
    }

    @Test
    void aWorkerTakesItsShareAndWhenItIsKilledThisMachineTakesItBackWithinSeconds()
            throws Exception {
        analyse("cam-a");
        analyse("cam-b");
        Eventually.await(
                "both are analysed here",
                SOON,
                () -> where("cam-a").equals("local") && where("cam-b").equals("local"));

        Process child = worker("gudang", key("gudang", 250));
        awaitSaid("connected to localhost:" + port);
        Eventually.await(
                "the worker analyses one of them",
                SOON,
                () -> where("cam-a").equals("gudang") ^ where("cam-b").equals("gudang"));
        Eventually.await(
                "the other one stays",
                SOON,
                () -> where("cam-a").equals("local") ^ where("cam-b").equals("local"));
        JsonNode listed = workers().get(0);
        assertThat(listed.get("name").stringValue()).isEqualTo("gudang");
        assertThat(listed.get("cameras").intValue()).isEqualTo(1);
        assertThat(listed.get("address").stringValue()).isEqualTo("127.0.0.1");
        assertThat(listed.get("hasModel").booleanValue()).isIn(true, false);

        String away = where("cam-a").equals("gudang") ? "cam-a" : "cam-b";
        var seen = new CountDownLatch(1);
        server.server().bean(Analyses.class).listen(new FirstSighting(away, seen));
        child.destroyForcibly().waitFor();
        long killedNanos = System.nanoTime();
        Eventually.await("its camera is here", SOON, () -> !isAt(away, "gudang"));
        assertThat(seen.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Duration took = Duration.ofNanos(System.nanoTime() - killedNanos);
        System.out.println("taken over after " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofSeconds(5));
        Eventually.await(
                "this machine analyses both again",
                SOON,
                () -> where("cam-a").equals("local") && where("cam-b").equals("local"));
        assertThat(workers().get(0).has("connectedSince")).isFalse();
    }

    @Test
    void aWorkerThatIsRemovedIsCutOffAtOnceAndToldWhy() throws Exception {
        Path key = key("gudang", 4);
        worker("gudang", key);
        awaitSaid("connected to");
        Eventually.await(
                "it is listed",
                SOON,
                () -> {
                    try {
                        return workers().get(0).has("connectedSince");
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });

        assertThat(server.send(admin, "DELETE", "/api/v1/workers/gudang", null).status())
                .isEqualTo(204);

        awaitSaid("it was removed there");
        assertThat(workers().size()).isZero();
        assertThat(server.send(admin, "DELETE", "/api/v1/workers/gudang", null).status())
                .isEqualTo(404);
    }

    @Test
    void aKeyIsShownOnceAndWhatCannotBeIsRefused() throws Exception {
        key("gudang", 4);
        assertThat(server.get(admin, "/api/v1/workers").body()).doesNotContain("PRIVATE");

        var taken = server.send(admin, "POST", "/api/v1/workers", "{\"name\": \"gudang\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("code").stringValue()).isEqualTo("worker.nameTaken");
        var invalid = server.send(admin, "POST", "/api/v1/workers", "{\"name\": \"../x\"}");
        assertThat(invalid.status()).isEqualTo(400);
        assertThat(invalid.json().get("code").stringValue()).isEqualTo("worker.nameInvalid");
        var nameless = server.send(admin, "POST", "/api/v1/workers", "{}");
        assertThat(nameless.status()).isEqualTo(400);
        assertThat(new File(folder.toFile(), "x").exists()).isFalse();
    }

    @Test
    void aKeyFileThatIsNoneEndsTheCommandWithAReason() throws Exception {
        Path none = Files.writeString(folder.resolve("none.key"), "nothing");
        assertThat(worker("gudang", none).waitFor()).isEqualTo(3);
        awaitSaid("cannot be used: it must hold a private key");
        assertThat(worker("another", key("gudang", 4)).waitFor()).isEqualTo(3);
        awaitSaid("it is the key of the worker \"gudang\", not of \"another\"");
    }
}
