package id.pantau.bench;

import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Cameras that are not ours (gst-rtsp-server) recorded over TCP and UDP: every file and an export
/// must decode without a complaint, with sound where there is some, and the ledger must agree with
/// the files. Needs the Debian packages named in `gst_camera.py`, and an `ffmpeg` with libx264 and
/// libx265 on the path to make the clips.
final class Interop implements Benchmark {
    private record Input(String id, String transport, String video, String audio, String encoder) {
        boolean hasSound() {
            return !audio.isEmpty();
        }
    }

    private static final List<Input> INPUTS =
            List.of(
                    new Input("avc-aac-tcp", "tcp", "h264", "aac", "-c:v libx264 -bf 0"),
                    new Input("avc-aac-udp", "udp", "h264", "aac", "-c:v libx264 -bf 0"),
                    new Input("avc-bframes", "tcp", "h264", "aac", "-c:v libx264 -bf 3"),
                    new Input(
                            "hevc-aac",
                            "tcp",
                            "h265",
                            "aac",
                            "-c:v libx265 -x265-params log-level=error"),
                    new Input("avc-pcmu", "tcp", "h264", "pcmu", "-c:v libx264 -bf 0"),
                    new Input("avc-pcma-udp", "udp", "h264", "pcma", "-c:v libx264 -bf 0"),
                    new Input("avc-silent", "tcp", "h264", "", "-c:v libx264 -bf 0"));

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
        int port = freePort();
        Process cameras = startCameras(work, port, length.plusSeconds(60));
        var report = new Report(name()).setting("seconds", length.toSeconds());
        try (var server = ServerProcess.start(work.resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            for (Input input : INPUTS) {
                String url = "rtsp://127.0.0.1:%d/%s".formatted(port, input.id());
                server.addCamera(input.id(), url, input.transport());
            }
            Instant from = Instant.now().plusSeconds(5);
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
            Instant until = Instant.now().minusSeconds(2);
            for (Input input : INPUTS) {
                check(report, server, work, input, from, until);
            }
            server.close();
            for (Input input : INPUTS) {
                checkFiles(report, server.home().resolve("recordings"), input);
            }
        } finally {
            cameras.destroyForcibly();
        }
        return report;
    }

    private static void check(
            Report report,
            ServerProcess server,
            Path work,
            Input input,
            Instant from,
            Instant until)
            throws IOException, InterruptedException {
        String range = "from=%s&until=%s".formatted(from, until);
        String camera = "/api/v1/cameras/" + input.id();
        JsonNode coverage = server.get(camera + "/coverage?" + range);
        double percent =
                100.0 * coverage.get("recordedMs").asLong() / coverage.get("wantedMs").asLong();
        report.atLeast(input.id() + ": coverage", percent, "%", 99.9);
        Path export = work.resolve(input.id() + "-export.mp4");
        HttpRequest request =
                HttpRequest.newBuilder(server.uri(camera + "/export?format=mp4&" + range))
                        .header("Authorization", "Bearer " + server.token())
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            int status = http.send(request, HttpResponse.BodyHandlers.ofFile(export)).statusCode();
            report.atMost(input.id() + ": export status", status, "", 200);
        }
        report.atMost(input.id() + ": complaints on export", complaints(export), "", 0);
        report.atMost(
                input.id() + ": export off its range by",
                Math.abs(durationSeconds(export) - Duration.between(from, until).toMillis() / 1e3),
                "s",
                2.5); // it begins at the key frame before, and key frames are 2 s apart
        report.atLeast(
                input.id() + ": media tracks in the export",
                streams(export),
                "",
                input.hasSound() ? 2 : 1);
    }

    /// Every recorded file decodes, and its duration is what its index says.
    private static void checkFiles(Report report, Path recordings, Input input)
            throws IOException, InterruptedException {
        int bad = 0;
        int count = 0;
        try (Stream<Path> files = Files.walk(recordings.resolve(input.id()))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".mp4")).toList()) {
                count++;
                bad += complaints(file) == 0 ? 0 : 1;
            }
        }
        report.atLeast(input.id() + ": files", count, "", 1);
        report.atMost(input.id() + ": files with complaints", bad, "", 0);
    }

    private static int complaints(Path file) throws IOException, InterruptedException {
        FfmpegProgram.Outcome outcome =
                Clips.ffmpeg()
                        .run(
                                List.of("-v", "error", "-i", file.toString(), "-f", "null", "-"),
                                Duration.ofMinutes(5));
        if (!outcome.text().isBlank()) {
            System.out.printf("%s: %s%n", file.getFileName(), outcome.text().strip());
        }
        return outcome.succeeded() && outcome.text().isBlank() ? 0 : 1;
    }

    private static double durationSeconds(Path file) throws IOException, InterruptedException {
        return Double.parseDouble(probe(file, "format=duration").strip());
    }

    private static long streams(Path file) throws IOException, InterruptedException {
        return probe(file, "stream=index").lines().filter(line -> !line.isBlank()).count();
    }

    private static String probe(Path file, String entries)
            throws IOException, InterruptedException {
        return Clips.ffmpeg()
                .probe(
                        List.of(
                                "-v",
                                "error",
                                "-show_entries",
                                entries,
                                "-of",
                                "csv=p=0",
                                file.toString()),
                        Duration.ofMinutes(1))
                .text();
    }

    private static Process startCameras(Path work, int port, Duration length)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of("/usr/bin/python3", script(work).toString()));
        command.add(Integer.toString(port));
        for (Input input : INPUTS) {
            String sound = input.hasSound() ? ":" + input.audio() : "";
            command.add(
                    "%s=%s:%s%s".formatted(input.id(), clip(input, length), input.video(), sound));
        }
        Process process =
                new ProcessBuilder(command).redirectError(work.resolve("gst.log").toFile()).start();
        if (process.inputReader().readLine() == null) {
            throw new IOException("gst-rtsp-server did not start; see " + work.resolve("gst.log"));
        }
        return process;
    }

    private static Path script(Path work) throws IOException {
        Path file = work.resolve("gst_camera.py");
        try (InputStream script = Interop.class.getResourceAsStream("gst_camera.py")) {
            Files.copy(Objects.requireNonNull(script), file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /// gst-rtsp-server plays a file once: the clip is as long as the run.
    private static Path clip(Input input, Duration length)
            throws IOException, InterruptedException {
        Path clip =
                Repository.work().resolve("%s-%d.mov".formatted(input.id(), length.toSeconds()));
        if (Files.exists(clip)) {
            return clip;
        }
        var command =
                new ArrayList<String>(
                        List.of(
                                "ffmpeg",
                                "-nostdin",
                                "-v",
                                "error",
                                "-y",
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=size=640x360:rate=15",
                                "-f",
                                "lavfi",
                                "-i",
                                "sine=frequency=440"));
        command.addAll(List.of(input.encoder().split(" ")));
        command.addAll(List.of("-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "30"));
        command.addAll(
                switch (input.audio()) {
                    case "aac" -> List.of("-c:a", "aac", "-ar", "48000");
                    case "pcmu" -> List.of("-c:a", "pcm_mulaw", "-ar", "8000", "-ac", "1");
                    case "pcma" -> List.of("-c:a", "pcm_alaw", "-ar", "8000", "-ac", "1");
                    default -> List.of("-an");
                });
        command.addAll(List.of("-t", Long.toString(length.toSeconds()), clip.toString()));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            Files.deleteIfExists(clip);
            throw new IOException("ffmpeg could not make " + clip.getFileName());
        }
        return clip;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
