package id.pantau.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.AccessUnit;
import id.pantau.media.Bytes;
import id.pantau.media.MediaKind;
import id.pantau.media.StreamFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4FileTest {
    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void progressiveFilesAreReadWithTheIndexInFrontOrBehind(boolean indexFirst) throws IOException {
        Path file =
                write(ProgressiveFile.of(new int[] {1024, 2560, 1024, 0, 512}, 1024, indexFirst));
        try (Mp4File mp4 = Mp4File.open(file)) {
            assertThat(mp4.format()).isEqualTo(new StreamFormat(TestFormats.H264, null));
            assertThat(mp4.size()).isEqualTo(5);
            assertThat(mp4.timescale(MediaKind.VIDEO)).isEqualTo(12_800);
            assertThat(mp4.timescale(MediaKind.AUDIO)).isZero();
            assertThat(mp4.duration()).isEqualTo(Duration.ofMillis(200));
            List<Long> dts = new ArrayList<>();
            List<Long> pts = new ArrayList<>();
            for (int i = 0; i < mp4.size(); i++) {
                AccessUnit unit = mp4.unit(i);
                dts.add(unit.dts().ticks90k());
                pts.add(unit.pts().ticks90k());
                assertThat(unit.keyFrame()).isEqualTo(i == 0);
                assertThat(Bytes.of(unit.payload()).toHex())
                        .isEqualTo("00000004" + (i == 0 ? "65" : "41") + "0" + i + "0000");
            }
            assertThat(dts).containsExactly(0L, 3600L, 7200L, 10_800L, 14_400L);
            assertThat(pts).containsExactly(7200L, 21_600L, 14_400L, 10_800L, 18_000L);
        }
    }

    @Test
    void negativeCompositionOffsetsMoveDecodingForward() throws IOException {
        Path file = write(ProgressiveFile.of(new int[] {0, 1024, -512, -512}, 0, true));
        try (Mp4File mp4 = Mp4File.open(file)) {
            for (int i = 0; i < mp4.size(); i++) {
                assertThat(mp4.sample(i).pts()).isGreaterThanOrEqualTo(mp4.sample(i).dts());
            }
            assertThat(mp4.sample(0).pts().ticks90k()).isEqualTo(3600);
        }
    }

    @Test
    void samplesPastTheEndOfATornFileAreLeftOut() throws IOException {
        byte[] whole = ProgressiveFile.of(new int[6], 0, true);
        Path file = write(java.util.Arrays.copyOf(whole, whole.length - 15));
        try (Mp4File mp4 = Mp4File.open(file)) {
            assertThat(mp4.size()).isEqualTo(4);
            assertThat(mp4.unit(3).sizeBytes()).isEqualTo(8);
        }
    }

    @Test
    void recordedFilesAreReadToo() throws IOException {
        var stream =
                new RandomStream(new StreamFormat(TestFormats.H265, TestFormats.AAC_44K), 4, 3);
        Path file = write(WrittenFile.of(stream, Duration.ofSeconds(1)).close().bytes());
        try (Mp4File mp4 = Mp4File.open(file)) {
            assertThat(mp4.format()).isEqualTo(stream.format);
            assertThat(mp4.size()).isEqualTo(stream.units.size());
            for (int i = 0; i < mp4.size(); i++) {
                AccessUnit unit = mp4.unit(i);
                assertThat(unit.payload().remaining()).isEqualTo(unit.sizeBytes());
                if (i > 0) {
                    assertThat(unit.dts()).isGreaterThanOrEqualTo(mp4.sample(i - 1).dts());
                }
            }
        }
    }

    @Test
    void whatIsNoMp4IsRefusedWithAReason() throws IOException {
        Path file = write("RIFF....AVI LIST".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> Mp4File.open(file))
                .isInstanceOf(MalformedMp4Exception.class)
                .hasMessageContaining("no whole moov");
    }

    private Path write(byte[] bytes) throws IOException {
        Path file = temp.resolve("file.mp4");
        return Files.write(file, bytes);
    }
}
