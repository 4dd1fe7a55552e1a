package id.pantau.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.rtsp.RtspAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraSimulatorTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir static Path folder;
    private static FfmpegProgram ffmpeg;

    @BeforeAll
    static void load() throws IOException {
        ffmpeg = FfmpegProgram.load();
    }

    @Test
    void filesOfAnyKindBecomeCameras() throws Exception {
        Path playable = make("good.mp4", "-c:v", "libopenh264", "-g", "20");
        Path toRepack = make("repack.mkv", "-c:v", "libopenh264", "-g", "20");
        Path toEncode = make("encode.avi", "-c:v", "mjpeg");
        var films =
                List.of(
                        SimulatedClip.prepare(ffmpeg, playable, folder.resolve("work"), true),
                        SimulatedClip.prepare(ffmpeg, toRepack, folder.resolve("work"), false),
                        SimulatedClip.prepare(ffmpeg, toEncode, folder.resolve("work"), false));

        assertThat(films.get(0).main()).isEqualTo(playable);
        assertThat(films.get(1).main().toString()).contains("-copy");
        assertThat(films.get(2).main().toString()).contains("-h264");
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var simulator = CameraSimulator.start(loopback, RtspAccess.OPEN, films)) {
            assertThat(simulator.cameras())
                    .extracting(CameraSimulator.Camera::id)
                    .containsExactly("cam1", "cam2", "cam3");
            var first = simulator.cameras().getFirst();
            assertThat(streams(first.main())).contains("h264,322,242");
            assertThat(streams(first.sub().orElseThrow())).contains("h264,640,480", "aac");
            assertThat(streams(simulator.cameras().get(2).main())).contains("h264,322,242");
        }
    }

    @Test
    void whatIsNoVideoIsRefusedWithAReason() throws Exception {
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
        assertThatThrownBy(() -> SimulatedClip.prepare(ffmpeg, text, folder.resolve("w"), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.mp4");
        assertThatThrownBy(
                        () -> SimulatedClip.prepare(ffmpeg, folder.resolve("none"), folder, false))
                .hasMessageContaining("there is no file");
    }

    private static Path make(String name, String... encoder) throws Exception {
        Path file = folder.resolve(name);
        var arguments = new java.util.ArrayList<>(List.of("-loglevel", "error"));
        arguments.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=322x242:rate=10"));
        arguments.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=16000"));
        arguments.addAll(List.of(encoder));
        arguments.addAll(List.of("-t", "2", file.toString()));
        ffmpeg.require(arguments, LIMIT);
        return file;
    }

    private static String streams(URI url) throws Exception {
        return ffmpeg.probe(
                        List.of(
                                "-v",
                                "error",
                                "-rtsp_transport",
                                "tcp",
                                "-show_entries",
                                "stream=codec_name,width,height",
                                "-of",
                                "csv=p=0",
                                url.toString()),
                        LIMIT)
                .text();
    }
}
