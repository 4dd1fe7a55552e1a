package id.pantau.server.camera;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Codec;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.testkit.GoldenMedia;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeTest {
    private static final UrlRules URLS = UrlRules.system(_ -> false);
    private static final String URL = "rtsp://admin:geheim@192.0.2.1/";

    private static Probe of(StreamOpener opener) {
        return new Probe(opener, URLS);
    }

    private static Probe playing(GoldenMedia clip) {
        return of((_, _, _) -> OpenedStream.of(new FilePlayer(clip.path())));
    }

    private static ProbeReport probe(Probe probe) throws InterruptedException {
        return probe.run(URL, StreamTransport.TCP, null, null);
    }

    @Test
    void aGoodCameraIsDescribedWithoutFindings() throws Exception {
        long start = System.nanoTime();
        ProbeReport report = probe(playing(GoldenMedia.H264_AAC));
        assertThat(report.plays()).isTrue();
        assertThat(report.fps()).isBetween(14.0, 16.0);
        assertThat(report.keyFrameInterval())
                .isBetween(Duration.ofMillis(1900), Duration.ofMillis(2100));
        assertThat(report.bitrateBps()).isGreaterThan(10_000);
        assertThat(report.findings()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(7));
    }

    @Test
    void g711AndMissingSoundAreMentioned() throws Exception {
        assertThat(probe(playing(GoldenMedia.H264_PCMU)).findings())
                .extracting(Finding::code)
                .contains("audio.g711");
        assertThat(probe(playing(GoldenMedia.H264)).findings())
                .extracting(Finding::code)
                .containsExactly("audio.none");
    }

    @Test
    void aSmartCodecsLongGopIsAWarning() throws Exception {
        ProbeReport report = probe(playing(GoldenMedia.H264_LONG_GOP));
        assertThat(report.findings()).extracting(Finding::code).contains("gop.long");
        assertThat(report.keyFrameInterval()).isNull();
    }

    @Test
    void h265AndPicturesOutOfOrderAreMentioned() throws Exception {
        ProbeReport report = probe(playing(GoldenMedia.H265_B_FRAMES));
        assertThat(report.findings())
                .extracting(Finding::code)
                .contains("video.h265", "video.bFrames");
        StreamFormat format = requireNonNull(report.format());
        assertThat(requireNonNull(format.video()).codec()).isEqualTo(Codec.H265);
    }

    @ParameterizedTest
    @EnumSource(StreamEnd.Reason.class)
    void everyFailureSaysWhatToDoAndNeverThePassword(StreamEnd.Reason reason) throws Exception {
        var text = new ByteArrayOutputStream();
        var doctor =
                new Doctor(
                        of((_, username, password) -> {
                            assertThat(username).isEqualTo("admin");
                            assertThat(password).isEqualTo(new Secret("geheim"));
                            return OpenedStream.of(
                                    _ -> new StreamEnd(reason, "192.0.2.1 did that"));
                        }),
                        new PrintStream(text, true, StandardCharsets.UTF_8));
        Doctor.Verdict verdict = doctor.examine(URL, StreamTransport.TCP, null, null);
        assertThat(verdict).isEqualTo(Doctor.Verdict.UNPLAYABLE);
        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains(reason.name(), "192.0.2.1 did that", ".")
                .doesNotContain("geheim");
    }
}
