package id.pantau.vision.scene;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.vision.FfmpegProgram;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreetSceneTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theLoopHasNoSeamAndSomethingMoves(int variant) throws IOException {
        var scene = new StreetScene(variant);
        assertThat(scene.name()).isNotBlank();

        assertThat(pixels(scene, 0)).isEqualTo(pixels(scene, 0));
        assertThat(pixels(scene, 0)).isNotEqualTo(pixels(scene, 0.25));
        String pictures = System.getProperty("pantau.pictures");
        if (pictures != null) {
            for (double part : new double[] {0.1, 0.45, 0.72}) {
                var file = Path.of(pictures, "street-%d-%.2f.png".formatted(variant, part));
                ImageIO.write(picture(scene, part), "png", file.toFile());
            }
        }
    }

    @Test
    void bothStreamsAreEncodedWithAKeyFrameEveryTwoSeconds(@TempDir Path folder) throws Exception {
        var ffmpeg = FfmpegProgram.load();
        var clip = new StreetScene(0).encode(ffmpeg, folder, _ -> {});

        var main = probe(ffmpeg, clip.main());
        assertThat(main).contains("h264,1280,720", "aac");
        assertThat(main.lines().filter(line -> line.endsWith(",I"))).hasSize(12);
        assertThat(probe(ffmpeg, clip.sub())).contains("h264,640,360", "aac");
        assertThat(Files.list(folder)).hasSize(2);
    }

    private static String probe(FfmpegProgram ffmpeg, Path file) throws Exception {
        return ffmpeg.probe(
                        List.of(
                                "-v",
                                "error",
                                "-show_entries",
                                "stream=codec_name,width,height:frame=pict_type",
                                "-of",
                                "csv",
                                file.toString()),
                        Duration.ofSeconds(30))
                .text();
    }

    private static byte[] pixels(StreetScene scene, double part) {
        return ((DataBufferByte) picture(scene, part).getRaster().getDataBuffer()).getData();
    }

    private static BufferedImage picture(StreetScene scene, double part) {
        var image = new BufferedImage(1280, 720, BufferedImage.TYPE_3BYTE_BGR);
        scene.paint(image, part);
        return image;
    }
}
