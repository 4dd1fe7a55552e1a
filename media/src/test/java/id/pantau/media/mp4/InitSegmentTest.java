package id.pantau.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.StreamFormat;
import id.pantau.media.codec.FlacTranscoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InitSegmentTest {
    @Test
    void boxesOfH264AndAac() throws IOException {
        assertGolden("init-h264-aac.txt", new StreamFormat(TestFormats.H264, TestFormats.AAC_48K));
    }

    @Test
    void boxesOfH265AndG711() throws IOException {
        assertGolden("init-h265-pcmu.txt", new StreamFormat(TestFormats.H265, TestFormats.PCMU));
    }

    @Test
    void boxesOfOpusAlone() throws IOException {
        assertGolden("init-opus.txt", new StreamFormat(null, TestFormats.OPUS));
    }

    @Test
    void codecStringsAreThoseBrowsersKnow() {
        assertThat(codecs(new StreamFormat(TestFormats.H264, TestFormats.AAC_44K)))
                .isEqualTo("avc1.64001e,mp4a.40.2");
        assertThat(codecs(new StreamFormat(TestFormats.H265, TestFormats.OPUS)))
                .isEqualTo("hvc1.1.6.L63.90,opus");
        assertThat(codecs(new StreamFormat(null, flac()))).isEqualTo("flac");
        assertThat(codecs(new StreamFormat(null, TestFormats.PCMU))).isEqualTo("ulaw");
        assertThat(InitSegment.of(new StreamFormat(TestFormats.H264, null), null).mime())
                .isEqualTo("video/mp4; codecs=\"avc1.64001e\"");
    }

    @Test
    void flacIsReadBack() throws IOException {
        var format = new StreamFormat(null, flac());
        byte[] bytes = InitSegment.of(format, null).bytes().toArray();
        assertThat(RecordedFile.read(new MemoryChannel(bytes)).format()).isEqualTo(format);
    }

    @Test
    void aNoteIsReadBackWhateverItsTextsAre() throws IOException {
        var note =
                new SegmentNote(
                        "kamera-\u202e\"<b>\u00e9",
                        "sub",
                        "",
                        Instant.ofEpochSecond(-1, 999_999_999));
        byte[] bytes =
                InitSegment.of(new StreamFormat(TestFormats.H264, null), note).bytes().toArray();
        assertThat(RecordedFile.read(new MemoryChannel(bytes)).note()).isEqualTo(note);
    }

    @Test
    void wallClocksGoThroughNtpExactly() {
        for (String text :
                new String[] {
                    "2026-11-21T07:00:00.123456789Z",
                    "2026-11-21T07:00:00Z",
                    "2036-02-07T06:28:16.000000001Z",
                    "2040-01-01T00:00:00.999999999Z"
                }) {
            Instant instant = Instant.parse(text);
            assertThat(NtpTime.toInstant(NtpTime.of(instant))).isEqualTo(instant);
        }
    }

    private static AudioFormat flac() {
        AudioFormat format =
                new FlacTranscoder(TestFormats.PCMA, FlacTranscoder.LIVE_LATENCY).format();
        assertThat(format.codec()).isEqualTo(Codec.FLAC);
        return format;
    }

    private static String codecs(StreamFormat format) {
        return InitSegment.of(format, null).codecs();
    }

    /// Rewritten with the system property `pantau.golden`.
    private static void assertGolden(String name, StreamFormat format) throws IOException {
        String tree = BoxTree.of(InitSegment.of(format, WrittenFile.NOTE).bytes().toArray());
        if (Boolean.getBoolean("pantau.golden")) {
            Path file =
                    Path.of(
                            System.getProperty("pantau.root"),
                            "media/src/test/resources/id/pantau/media/mp4",
                            name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, tree);
            return;
        }
        try (InputStream golden = InitSegmentTest.class.getResourceAsStream(name)) {
            assertThat(tree)
                    .isEqualTo(
                            new String(
                                    Objects.requireNonNull(golden).readAllBytes(),
                                    StandardCharsets.UTF_8));
        }
    }
}
