package id.pantau.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The cameras of [Interop]: one process of our own script, and one of the script that
/// `PANTAU_FOREIGN_CAMERA` names, both playing clips made for them.
final class GstCameras implements AutoCloseable {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String FOREIGN_VARIABLE = "PANTAU_FOREIGN_CAMERA";
    private static final String FOREIGN_DEFAULT = "../shared/tools/rtsp_camera.py";

    record Camera(String id, String url, String transport, boolean hasSound) {}

    private record Input(String id, String transport, String video, String audio, String encoder) {}

    private static final String X264 = "-c:v libx264 -preset ultrafast";
    private static final String X265 =
            "-c:v libx265 -preset ultrafast -x265-params log-level=error";
    private static final List<Input> INPUTS =
            List.of(
                    new Input("avc-aac-tcp", "tcp", "h264", "aac", X264 + " -bf 0"),
                    new Input("avc-aac-udp", "udp", "h264", "aac", X264 + " -bf 0"),
                    new Input("avc-bframes-tcp", "tcp", "h264", "aac", X264 + " -bf 3"),
                    new Input("avc-bframes-udp", "udp", "h264", "aac", X264 + " -bf 3"),
                    new Input("hevc-aac-tcp", "tcp", "h265", "aac", X265),
                    new Input("hevc-aac-udp", "udp", "h265", "aac", X265),
                    new Input("avc-pcmu-tcp", "tcp", "h264", "pcmu", X264 + " -bf 0"),
                    new Input("avc-pcma-udp", "udp", "h264", "pcma", X264 + " -bf 0"),
                    new Input("avc-opus-tcp", "tcp", "h264", "opus", X264 + " -bf 0"),
                    new Input("avc-silent-tcp", "tcp", "h264", "", X264 + " -bf 0"),
                    new Input("avc-silent-udp", "udp", "h264", "", X264 + " -bf 0"));

    private static final Map<String, String> AUDIO_ENCODERS =
            Map.of(
                    "aac", "-c:a aac -ar 48000",
                    "pcmu", "-c:a pcm_mulaw -ar 8000 -ac 1",
                    "pcma", "-c:a pcm_alaw -ar 8000 -ac 1",
                    "opus", "-c:a libopus -ar 48000",
                    "", "-an");

    private final List<Process> processes = new ArrayList<>();
    private final List<Camera> cameras = new ArrayList<>();
    private String foreign = "";

    private GstCameras() {}

    /// @param length of the clips: gst-rtsp-server plays a file once
    static GstCameras start(Path work, Duration length) throws IOException, InterruptedException {
        var cameras = new GstCameras();
        try {
            cameras.startOwn(work, length);
            cameras.startForeign(work, length);
            return cameras;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cameras.close();
            throw e;
        }
    }

    List<Camera> list() {
        return List.copyOf(cameras);
    }

    /// The script, or why there is none.
    String foreign() {
        return foreign;
    }

    private void startOwn(Path work, Duration length) throws IOException, InterruptedException {
        Path script = work.resolve("gst_camera.py");
        try (InputStream text = GstCameras.class.getResourceAsStream("gst_camera.py")) {
            Files.copy(Objects.requireNonNull(text), script, StandardCopyOption.REPLACE_EXISTING);
        }
        int port = ServerProcess.freePort();
        var command = new ArrayList<>(List.of(PYTHON, script.toString(), Integer.toString(port)));
        for (Input input : INPUTS) {
            String sound = input.audio().isEmpty() ? "" : ":" + input.audio();
            Path clip = clip(input, length);
            command.add("%s=%s:%s%s".formatted(input.id(), clip, input.video(), sound));
            cameras.add(
                    new Camera(
                            input.id(),
                            "rtsp://127.0.0.1:%d/%s".formatted(port, input.id()),
                            input.transport(),
                            !input.audio().isEmpty()));
        }
        launch(command, work.resolve("gst.log"));
    }

    /// Its arguments: port, main clip, sub clip; its cameras: `/cam0/main`, `/cam1/main`, …
    private void startForeign(Path work, Duration length) throws IOException, InterruptedException {
        String named = System.getenv().getOrDefault(FOREIGN_VARIABLE, "");
        Path script =
                named.isBlank()
                        ? Repository.root().resolve(FOREIGN_DEFAULT).normalize()
                        : Path.of(named);
        if (!Files.isReadable(script)) {
            foreign = "skipped: %s names no camera script".formatted(FOREIGN_VARIABLE);
            System.out.println("interop: foreign camera " + foreign);
            return;
        }
        foreign = String.valueOf(script.getFileName());
        String clip = clip(INPUTS.getFirst(), length).toString();
        int port = ServerProcess.freePort();
        launch(
                List.of(PYTHON, script.toString(), Integer.toString(port), clip, clip),
                work.resolve("foreign.log"));
        for (String transport : List.of("tcp", "udp")) {
            String mount = transport.equals("tcp") ? "cam0" : "cam1";
            cameras.add(
                    new Camera(
                            "foreign-" + transport,
                            "rtsp://127.0.0.1:%d/%s/main".formatted(port, mount),
                            transport,
                            true));
        }
    }

    private void launch(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        processes.add(process);
        if (process.inputReader().readLine() == null) {
            throw new IOException("gst-rtsp-server did not start; see " + log);
        }
    }

    private static Path clip(Input input, Duration length)
            throws IOException, InterruptedException {
        String kind = input.id().substring(0, input.id().lastIndexOf('-'));
        Path clip = Repository.work().resolve("%s-%d.mov".formatted(kind, length.toSeconds()));
        if (input.audio().equals("opus")) {
            clip = clip.resolveSibling(clip.getFileName() + ".mp4"); // QuickTime has no Opus
        }
        if (Files.exists(clip)) {
            return clip;
        }
        String command =
                "ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=size=480x270:rate=15 -f lavfi -i sine=frequency=440 "
                        + input.encoder()
                        + " -pix_fmt yuv420p -g 30 "
                        + AUDIO_ENCODERS.get(input.audio())
                        + " -t "
                        + length.toSeconds();
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.add(clip.toString());
        int status = new ProcessBuilder(words).inheritIO().start().waitFor();
        if (status != 0) {
            Files.deleteIfExists(clip);
            throw new IOException("ffmpeg could not make " + clip.getFileName());
        }
        return clip;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
