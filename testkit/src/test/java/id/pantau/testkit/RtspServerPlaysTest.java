package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspCatalog;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import id.pantau.vision.FfmpegProgram;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What ffmpeg's own client makes of our server.
class RtspServerPlaysTest {
    @ParameterizedTest
    @CsvSource({
        "H264_AAC, tcp",
        "H264_AAC, udp",
        "H264_B_FRAMES, tcp",
        "H265_B_FRAMES, tcp",
        "H265_B_FRAMES, udp",
        "H264_PCMU, tcp",
        "H264_PCMA, tcp",
        "H264_OPUS, tcp",
        "H264_AAC_44K, tcp",
        "AAC_ONLY, tcp",
    })
    void ffmpegDecodesEveryKindWithoutAWord(GoldenMedia media, String transport) throws Exception {
        try (LoopingClip clip = LoopingClip.open(media.path());
                RtspServer server =
                        RtspServer.start(
                                RtspServerSettings.loopback(),
                                RtspCatalog.of(Map.of("cam1", clip)),
                                RtspAccess.account(
                                        "admin", "se cret", RtspAccess.Scheme.DIGEST_MD5))) {
            String url = "rtsp://admin:se%%20cret@127.0.0.1:%d/cam1".formatted(server.port());

            var outcome =
                    FfmpegProgram.load()
                            .run(
                                    List.of(
                                            "-v",
                                            "warning",
                                            "-rtsp_transport",
                                            transport,
                                            "-i",
                                            url,
                                            "-t",
                                            "1.5",
                                            "-f",
                                            "null",
                                            "-"),
                                    Duration.ofSeconds(20));

            assertThat(outcome.text()).isEmpty();
            assertThat(outcome.exitCode()).isZero();
            Eventually.await("the stream rests", () -> server.figures().streams() == 0);
        }
    }
}
