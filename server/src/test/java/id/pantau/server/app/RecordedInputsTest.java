package id.pantau.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.mp4.RecordedFile;
import id.pantau.server.camera.CameraDraft;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.StreamTransport;
import id.pantau.server.database.Database;
import id.pantau.server.playback.Playback;
import id.pantau.server.recording.Fsck;
import id.pantau.server.recording.Recordings;
import id.pantau.server.recording.Segment;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.ScriptedCamera;
import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of input over RTSP into files and an export that FFmpeg decodes without a complaint,
/// while ledger and files agree.
class RecordedInputsTest {
    private static final Duration ENOUGH = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Input(String id, GoldenMedia clip, StreamTransport transport, boolean sound) {}

    private static final List<Input> INPUTS =
            List.of(
                    new Input("aac-tcp", GoldenMedia.H264_AAC, StreamTransport.TCP, true),
                    new Input("aac-udp", GoldenMedia.H264_AAC, StreamTransport.UDP, true),
                    new Input("b-frames", GoldenMedia.H264_B_FRAMES, StreamTransport.TCP, false),
                    new Input("hevc", GoldenMedia.H265_B_FRAMES, StreamTransport.TCP, false),
                    new Input("pcmu", GoldenMedia.H264_PCMU, StreamTransport.TCP, true),
                    new Input("pcma-udp", GoldenMedia.H264_PCMA, StreamTransport.UDP, true),
                    new Input("opus", GoldenMedia.H264_OPUS, StreamTransport.TCP, true),
                    new Input("silent", GoldenMedia.H264, StreamTransport.TCP, false));

    @TempDir Path home;

    @Test
    void everyInputIsRecordedDecodableAndAccountedFor() throws IOException, InterruptedException {
        var cameras = new ArrayList<ScriptedCamera>();
        var ranges = new ArrayList<Segment>();
        try (var server = TestServers.start(home, "kopi susu gula aren")) {
            for (Input input : INPUTS) {
                ScriptedCamera camera = ScriptedCamera.start(input.clip());
                cameras.add(camera);
                server.bean(Cameras.class).add(draft(input, camera));
            }
            Recordings recordings = server.bean(Recordings.class);
            for (Input input : INPUTS) {
                Eventually.await(
                        input.id() + " is recorded",
                        PATIENCE,
                        () -> recordedEnough(recordings, input.id()));
                Segment segment = segments(recordings, input.id()).getFirst();
                ranges.add(segment);
                Path export = export(server.bean(Playback.class), input.id(), segment);
                assertDecodes(export, input);
            }
        } finally {
            cameras.forEach(ScriptedCamera::close);
        }
        for (Input input : INPUTS) {
            for (Path file : files(input.id())) {
                assertDecodes(file, input);
            }
        }
        assertThat(ranges).hasSameSizeAs(INPUTS);
        assertLedgerMatchesFiles();
    }

    private static boolean recordedEnough(Recordings recordings, String camera) {
        return segments(recordings, camera).stream()
                .anyMatch(one -> Duration.between(one.start(), one.end()).compareTo(ENOUGH) >= 0);
    }

    private static List<Segment> segments(Recordings recordings, String camera) {
        Instant now = Instant.now();
        return recordings.list(camera, now.minusSeconds(600), now.plusSeconds(60));
    }

    private Path export(Playback playback, String camera, Segment segment)
            throws IOException, InterruptedException {
        Path file = home.resolve(camera + "-export.mp4");
        var clip = playback.clip(camera, segment.start().plusSeconds(1), segment.end());
        assertThat(clip.start()).isBeforeOrEqualTo(segment.start().plusSeconds(1));
        try (var out = Files.newOutputStream(file)) {
            clip.content().writer().writeTo(Channels.newChannel(out));
        }
        assertThat(file).hasSize(clip.content().sizeBytes());
        return file;
    }

    private static void assertDecodes(Path file, Input input)
            throws IOException, InterruptedException {
        FfmpegProgram ffmpeg = FfmpegProgram.load();
        var outcome =
                ffmpeg.run(
                        List.of("-v", "error", "-i", file.toString(), "-f", "null", "-"), PATIENCE);
        assertThat(outcome.text()).describedAs("ffmpeg on %s", file).isBlank();
        String kinds =
                ffmpeg.probe(
                                List.of(
                                        "-v",
                                        "error",
                                        "-show_entries",
                                        "stream=codec_type",
                                        "-of",
                                        "csv=p=0",
                                        file.toString()),
                                PATIENCE)
                        .text();
        assertThat(kinds).contains("video");
        assertThat(kinds.contains("audio"))
                .describedAs("sound in %s", file)
                .isEqualTo(input.sound());
    }

    /// After a clean stop: every file has its row, every row its file, to 0.1 s.
    private void assertLedgerMatchesFiles() throws IOException {
        try (Database database = TestServers.databaseOf(home)) {
            assertThat(Fsck.check(database).findings()).isEmpty();
        }
        for (Input input : INPUTS) {
            for (Path path : files(input.id())) {
                try (FileChannel channel = FileChannel.open(path)) {
                    assertThat(RecordedFile.read(channel).closed()).isTrue();
                }
            }
        }
    }

    private List<Path> files(String camera) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("recordings").resolve(camera))) {
            return files.filter(file -> file.toString().endsWith(".mp4")).sorted().toList();
        }
    }

    private static CameraDraft draft(Input input, ScriptedCamera camera) {
        return new CameraDraft(
                input.id(),
                input.id(),
                true,
                new CameraDraft.Stream(camera.url().toString(), input.transport()),
                null,
                null,
                null,
                RecordingSettings.DEFAULT,
                null,
                List.of());
    }
}
