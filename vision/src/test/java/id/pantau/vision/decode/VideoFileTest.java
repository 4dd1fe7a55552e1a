package id.pantau.vision.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.vision.FfmpegProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoFileTest {
    @TempDir Path folder;

    private Path clip(String name, String... options) throws Exception {
        Path file = folder.resolve(name);
        var arguments = new ArrayList<String>(List.of("-f", "lavfi", "-i"));
        arguments.add("testsrc=size=160x90:rate=10:duration=2");
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        FfmpegProgram.load().require(arguments, Duration.ofSeconds(30));
        return file;
    }

    @Test
    void everyFrameComesWithItsTime() throws Exception {
        Path file = clip("clip.mp4", "-c:v", "libopenh264", "-pix_fmt", "yuv420p");
        try (VideoFile video = VideoFile.open(file)) {
            assertThat(video.length()).isBetween(Duration.ofMillis(1900), Duration.ofMillis(2100));
            int frames = 0;
            for (VideoFile.TimedFrame next; (next = video.next()) != null; frames++) {
                assertThat(next.index()).isEqualTo(frames);
                assertThat(next.time().toMillis()).isBetween(100L * frames - 1, 100L * frames + 1);
                assertThat(next.frame().widthPx()).isEqualTo(160);
                assertThat(next.frame().heightPx()).isEqualTo(90);
            }
            assertThat(frames).isEqualTo(20);
            assertThat(video.next()).isNull();
        }
    }

    @Test
    void otherPixelFormatsAreConverted() throws Exception {
        Path file = clip("clip.avi", "-c:v", "mjpeg", "-pix_fmt", "yuvj444p");
        try (VideoFile video = VideoFile.open(file)) {
            VideoFile.TimedFrame first = requireNonNull(video.next());
            int bright = 0;
            for (byte value : first.frame().luma()) {
                bright += (value & 0xff) > 120 ? 1 : 0;
            }
            assertThat(bright).isBetween(2000, 12_000);
        }
    }

    @Test
    void whatIsNoVideoIsRefusedByName() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no video at all");
        assertThatThrownBy(() -> VideoFile.open(text))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("notes.txt");
        assertThatThrownBy(() -> VideoFile.open(folder.resolve("missing.mp4")))
                .hasMessageContaining("missing.mp4")
                .hasMessageContaining("not there");
    }
}
