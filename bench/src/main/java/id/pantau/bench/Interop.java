package id.pantau.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Cameras that are not ours (gst-rtsp-server) recorded over TCP and UDP: every file and an export
/// must decode without a complaint, with sound where there is some, and the ledger must agree with
/// the files. A camera program of somebody else's is recorded as well where there is one.
///
/// Needs the Debian packages named in `gst_camera.py`, and an `ffmpeg` with libx264 and libx265 on
/// the path to make the clips.
final class Interop implements Benchmark {
    private static final double EXACT_S = 0.1;

    /// Sound begins and ends on its own frames: AAC's last 64 ms at 16 kHz, and a file's first
    /// picture is waited for.
    private static final double SOUND_S = 0.25;

    @Override
    public String name() {
        return "interop";
    }

    @Override
    public String about() {
        return "cameras of gst-rtsp-server over TCP and UDP, decoded by ffmpeg";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path work = Scratch.empty("interop");
        var report = new Report(name()).setting("seconds", length.toSeconds());
        var worst = new WorstCases();
        try (var cameras = GstCameras.start(work, length.plusSeconds(90));
                var server = ServerProcess.start(work.resolve("home"), List.of())) {
            report.setting("cameras", cameras.list().size());
            report.setting("foreign camera", cameras.foreign());
            server.awaitReady(Duration.ofSeconds(120));
            for (GstCameras.Camera camera : cameras.list()) {
                server.addCamera(camera.id(), camera.url(), camera.transport());
            }
            server.awaitRecording(cameras.list().size(), Duration.ofSeconds(60));
            Instant from = Instant.now().plusSeconds(2);
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
            Instant until = Instant.now().minusSeconds(2);
            for (GstCameras.Camera camera : cameras.list()) {
                server.patch("/api/v1/cameras/" + camera.id(), Map.of("enabled", false));
            }
            for (GstCameras.Camera camera : cameras.list()) {
                checkExport(worst, server, work, camera, from, until);
                checkLedger(worst, server, camera, from, until);
            }
        }
        for (Path camera : Scratch.list(work.resolve("home/recordings"))) {
            Decoding.Outcome decoding = Decoding.of(camera);
            String id = String.valueOf(camera.getFileName());
            worst.atLeast("files of a camera", id, decoding.files(), "", 1);
            worst.atMost("files ffmpeg complains about", id, decoding.bad(), "", 0);
        }
        worst.addTo(report);
        return report;
    }

    private static void checkExport(
            WorstCases worst,
            ServerProcess server,
            Path work,
            GstCameras.Camera camera,
            Instant from,
            Instant until)
            throws IOException, InterruptedException {
        String range = "from=%s&until=%s".formatted(from, until);
        Path export = work.resolve(camera.id() + "-export.mp4");
        HttpRequest request =
                HttpRequest.newBuilder(
                                server.uri(
                                        "/api/v1/cameras/%s/export?format=mp4&%s"
                                                .formatted(camera.id(), range)))
                        .header("Authorization", "Bearer " + server.token())
                        .build();
        HttpResponse<Path> answer;
        try (var http = HttpClient.newHttpClient()) {
            answer = http.send(request, HttpResponse.BodyHandlers.ofFile(export));
        }
        if (answer.statusCode() != 200) {
            worst.atMost("export status", camera.id(), answer.statusCode(), "", 200);
            return;
        }
        String[] stated = answer.headers().firstValue("X-Pantau-Range").orElseThrow().split("/");
        double statedS = seconds(Instant.parse(stated[0]), Instant.parse(stated[1]));
        MediaLengths lengths = MediaLengths.of(export);
        worst.atMost("complaints on export", camera.id(), Decoding.isClean(export) ? 0 : 1, "", 0);
        worst.atMost(
                "export against its stated range",
                camera.id(),
                Math.abs(lengths.videoS() - statedS),
                "s",
                EXACT_S);
        worst.atLeast(
                "asked and not exported",
                camera.id(),
                statedS - seconds(from, until),
                "s",
                -EXACT_S);
        if (camera.hasSound()) {
            worst.atMost(
                    "export's sound against pictures",
                    camera.id(),
                    Math.abs(lengths.audioS() - lengths.videoS()),
                    "s",
                    SOUND_S);
        }
    }

    private static void checkLedger(
            WorstCases worst,
            ServerProcess server,
            GstCameras.Camera camera,
            Instant from,
            Instant until)
            throws IOException, InterruptedException {
        String api = "/api/v1/cameras/" + camera.id();
        var agreement = new Agreement(server.home().resolve("recordings"));
        agreement.compare(
                camera.id(),
                awaitClosed(
                        server,
                        api
                                + "/recordings?from=%s&until=%s"
                                        .formatted(from.minusSeconds(600), Instant.now())),
                camera.hasSound());
        JsonNode whole =
                server.get(
                        api
                                + "/coverage?from=%s&until=%s"
                                        .formatted(agreement.first(), agreement.last()));
        double coveredS = whole.get("recordedMs").asLong() / 1e3;
        JsonNode wanted = server.get(api + "/coverage?from=%s&until=%s".formatted(from, until));
        worst.atLeast(
                "coverage",
                camera.id(),
                100.0 * wanted.get("recordedMs").asLong() / (seconds(from, until) * 1e3),
                "%",
                99.9);
        worst.atLeast("segments", camera.id(), agreement.segments(), "", 1);
        worst.atMost(
                "a segment's start, list and file",
                camera.id(),
                agreement.worstStartS(),
                "s",
                EXACT_S);
        worst.atMost(
                "a segment's length, list and file",
                camera.id(),
                agreement.worstLengthS(),
                "s",
                EXACT_S);
        worst.atMost(
                "all files against coverage",
                camera.id(),
                Math.abs(agreement.filesS() - coveredS),
                "s",
                EXACT_S);
        worst.atMost("between segments, together", camera.id(), agreement.gapS(), "s", EXACT_S);
        worst.atMost("files with a wrong track", camera.id(), agreement.withoutTracks(), "", 0);
        if (camera.hasSound()) {
            worst.atMost(
                    "a file's sound against pictures",
                    camera.id(),
                    agreement.worstSoundS(),
                    "s",
                    SOUND_S);
            worst.atMost(
                    "all sound against all pictures",
                    camera.id(),
                    Math.abs(agreement.soundS() - agreement.filesS()),
                    "s",
                    SOUND_S);
        }
    }

    /// A disabled camera's last segment is closed a moment later.
    private static JsonNode awaitClosed(ServerProcess server, String path)
            throws IOException, InterruptedException {
        Instant deadline = Instant.now().plusSeconds(20);
        while (true) {
            JsonNode listed = server.get(path);
            var open = new ArrayList<JsonNode>();
            listed.forEach(segment -> {
                if (segment.get("open").asBoolean()) {
                    open.add(segment);
                }
            });
            if (open.isEmpty() || Instant.now().isAfter(deadline)) {
                return listed;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static double seconds(Instant from, Instant until) {
        return Duration.between(from, until).toNanos() / 1e9;
    }
}
