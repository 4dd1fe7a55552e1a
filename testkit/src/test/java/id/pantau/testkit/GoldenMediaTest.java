package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.VideoFormat;
import id.pantau.media.mp4.Mp4File;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoldenMediaTest {
    @ParameterizedTest
    @EnumSource
    void everyClipIsReadByOurOwnReader(GoldenMedia media) throws Exception {
        try (Mp4File file = Mp4File.open(media.path())) {
            assertThat(file.duration().toMillis())
                    .isBetween(media.duration().toMillis() - 50, media.duration().toMillis() + 150);
            assertThat(file.unit(0).keyFrame()).isTrue();
            VideoFormat video = file.format().video();
            AudioFormat audio = file.format().audio();
            assertThat(video == null).isEqualTo(media == GoldenMedia.AAC_ONLY);
            Codec expected =
                    switch (media) {
                        case H264_AAC, H264_AAC_44K, AAC_ONLY -> Codec.AAC;
                        case H264_PCMU -> Codec.PCMU;
                        case H264_PCMA -> Codec.PCMA;
                        case H264_OPUS -> Codec.OPUS;
                        case H264,
                                H264_LARGE,
                                H264_SMALL,
                                H264_LONG_GOP,
                                H264_B_FRAMES,
                                H265_B_FRAMES ->
                                null;
                    };
            assertThat(audio == null ? null : audio.codec()).isEqualTo(expected);
        }
    }

    @Test
    void theLongGopHasKeyFramesTwentySecondsApart() throws Exception {
        try (Mp4File file = Mp4File.open(GoldenMedia.H264_LONG_GOP.path())) {
            assertThat(
                            IntStream.range(0, file.size())
                                    .mapToObj(file::sample)
                                    .filter(sample -> sample.kind() == MediaKind.VIDEO)
                                    .filter(Mp4File.Sample::keyFrame)
                                    .map(sample -> sample.dts().ticks90k() / 90_000))
                    .containsExactly(0L, 20L);
        }
    }

    @Test
    void picturesOutOfOrderArePresentedLaterThanDecoded() throws Exception {
        try (Mp4File file = Mp4File.open(GoldenMedia.H264_B_FRAMES.path())) {
            assertThat(IntStream.range(0, file.size()).mapToObj(file::sample))
                    .anyMatch(sample -> sample.pts().compareTo(sample.dts()) > 0);
        }
    }
}
