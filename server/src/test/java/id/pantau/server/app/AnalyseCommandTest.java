package id.pantau.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.FfmpegProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
