package id.pantau.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.FfmpegProgram;
import id.pantau.vision.Frame;
import id.pantau.vision.decode.VideoFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A bright box that goes from the left to the right, without a model.
class AnalyseCommandTest {
    @TempDir static Path folder;
    private static Path video = Path.of("");

    private record Result(int code, List<JsonNode> lines, String err) {}

    @BeforeAll
    static void makeVideo() throws Exception {
        video = folder.resolve("box.mp4");
        String scene =
                "color=c=gray:size=320x180:rate=25:duration=6[road];"
                        + "color=c=white:size=40x30:rate=25:duration=6[box];"
                        + "[road][box]overlay=x='-40+(t-2)*120':y=75";
        FfmpegProgram.load()
                .require(
                        List.of(
                                "-filter_complex",
                                scene,
                                "-c:v",
                                "libopenh264",
                                "-b:v",
                                "1M",
                                video.toString()),
                        Duration.ofSeconds(30));
    }

    private static Result analyse(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var all = new ArrayList<>(List.of("analyse", "--no-model"));
        all.addAll(List.of(arguments));
        int code =
                Pantau.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                        .execute(all.toArray(String[]::new));
        var json = new JsonMapper();
        return new Result(
                code, out.toString().lines().map(json::readTree).toList(), err.toString());
    }

    private static Path lines(String file) throws Exception {
        return Files.writeString(
                folder.resolve("lines.json"),
                """
                {"clips": [{"file": "%s", "width": 320, "height": 180, "lines": [
                  {"id": "down", "x1": 160, "y1": 0, "x2": 160, "y2": 180},
                  {"id": "up", "x1": 200, "y1": 180, "x2": 200, "y2": 0},
                  {"id": "below", "x1": 0, "y1": 150, "x2": 320, "y2": 150}]}]}
                """
                        .formatted(file));
    }

    @Test
    void whatMovesIsFollowedAndCountedAtItsMoment() throws Exception {
        Result result = analyse("--lines", lines("box.mp4").toString(), video.toString());
        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.err()).contains("no model").contains("as fast as it plays");
        List<JsonNode> crossings =
                result.lines().stream()
                        .filter(line -> line.get("type").asString().equals("crossing"))
                        .toList();
        assertThat(crossings)
                .extracting(one -> one.get("line").asString())
                .containsExactly("down", "up");
        assertThat(crossings)
                .allSatisfy(one -> {
                    assertThat(one.get("direction").asString()).isEqualTo("+");
                    assertThat(one.get("class").asString()).isEqualTo("unknown");
                });
        // The middle of the box is at x = 160 after 2 + 180 / 120 seconds.
        assertThat(crossings.getFirst().get("frame").asInt()).isBetween(84, 93);
        assertThat(result.lines())
                .filteredOn(line -> line.get("type").asString().equals("track"))
                .hasSize(1);
    }

    @Test
    void whatCannotBeReadIsSaidInOneSentence() throws Exception {
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
        assertThat(analyse(text.toString()).code()).isEqualTo(ExitCode.FAILED);
        assertThat(analyse(text.toString()).err()).contains("text.mp4 is no media file");
        Result other = analyse("--lines", lines("other.mp4").toString(), video.toString());
        assertThat(other.code()).isEqualTo(ExitCode.FAILED);
        assertThat(other.err()).contains("no lines for box.mp4");
        Result broken = analyse("--lines", text.toString(), video.toString());
        assertThat(broken.err()).contains("text.mp4 is no file of lines");
    }

    private static List<Frame> frames(Path file) throws Exception {
        var frames = new ArrayList<Frame>();
        try (VideoFile decoded = VideoFile.open(file)) {
            for (VideoFile.TimedFrame one; (one = decoded.next()) != null; ) {
                frames.add(one.frame().copy());
            }
        }
        return frames;
    }

    @Test
    void theVideoHasEveryFrameAndTheLineInItsColour() throws Exception {
        Path drawn = folder.resolve("drawn.mp4");
        Result result =
                analyse(
                        "--video",
                        drawn.toString(),
                        "--lines",
                        lines("box.mp4").toString(),
                        video.toString());
        assertThat(result.err()).contains("as fast as it plays");
        assertThat(result.code()).isEqualTo(ExitCode.OK);
        List<Frame> before = frames(video);
        List<Frame> after = frames(drawn);
        assertThat(after).hasSameSizeAs(before);
        // The standing line at x = 160 is yellow, far from its middle where the counts are.
        Frame last = after.getLast();
        int chroma = 20 * last.chromaWidthPx() + 80;
        assertThat(last.blue()[chroma] & 0xFF).isLessThan(70);
        assertThat(before.getLast().blue()[chroma] & 0xFF).isBetween(118, 138);
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void aVideoIsNeverWrittenOverItsInputAndOverAnotherFileOnlyByForce() throws Exception {
        byte[] input = Files.readAllBytes(video);
        Path link = Files.createLink(folder.resolve("link.mp4"), video);
        for (Path itself : List.of(video, link)) {
            Result result = analyse("--force", "--video", itself.toString(), video.toString());
            assertThat(result.code()).isEqualTo(ExitCode.FAILED);
            assertThat(result.err()).contains("is the video itself");
        }
        assertThat(Files.readAllBytes(video)).isEqualTo(input);
        Path other = Files.writeString(folder.resolve("other.mp4"), "precious");
        Result refused = analyse("--video", other.toString(), video.toString());
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("other.mp4 is there already; --force replaces it");
        assertThat(Files.readString(other)).isEqualTo("precious");
        Result forced = analyse("--force", "--video", other.toString(), video.toString());
        assertThat(forced.code()).isEqualTo(ExitCode.OK);
        assertThat(frames(other)).hasSize(150);
    }

    @Test
    void aTornInputGivesAVideoThatPlaysUpToThere() throws Exception {
        Path whole = folder.resolve("whole.ts");
        FfmpegProgram.load()
                .require(
                        List.of("-i", video.toString(), "-c", "copy", whole.toString()),
                        Duration.ofSeconds(30));
        byte[] bytes = Files.readAllBytes(whole);
        Path torn = Files.write(folder.resolve("torn.ts"), Arrays.copyOf(bytes, bytes.length / 2));
        Path drawn = folder.resolve("half.mp4");
        Result result = analyse("--video", drawn.toString(), torn.toString());
        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(frames(drawn)).hasSameSizeAs(frames(torn)).hasSizeBetween(20, 149);
    }

    @Test
    void anInputWithoutPicturesLeavesNoVideo() throws Exception {
        Path text = Files.writeString(folder.resolve("no.mp4"), "no video");
        Path drawn = folder.resolve("none.mp4");
        Result result = analyse("--video", drawn.toString(), text.toString());
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(drawn).doesNotExist();
    }

    @Test
    void aModelThatNobodyKnowsIsNoModel() throws Exception {
        var err = new StringWriter();
        int code =
                Pantau.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err, true))
                        .execute("analyse", "--model", "mine.onnx", video.toString());
        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("mine.onnx is no model that is known");
    }
}
