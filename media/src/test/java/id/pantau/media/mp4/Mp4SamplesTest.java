package id.pantau.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import id.pantau.media.AudioFormat;
import id.pantau.media.MediaKind;
import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import id.pantau.media.VideoFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@Tag("samples")
class Mp4SamplesTest {
    private static final Map<String, String> CODECS =
            Map.of("H264", "h264", "H265", "hevc", "AAC", "aac", "OPUS", "opus");

    @TempDir Path temp;

    static Stream<Path> expectations() throws IOException {
        return Samples.list("mp4/files", ".expected.json").stream();
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void filesAreReadAsOtherReadersDo(Path expectation) throws IOException {
        JsonNode expected = Samples.json(expectation);
        byte[] media = Samples.bytes(media(expectation));
        assertBoxes(media, expected.get("topLevelBoxes"));
        Path file = withInit(media, expectation, expected);
        if (!expected.has("streams")) {
            // nobody could play it: headers without media, or media without headers
            Mp4Properties.survives(Files.readAllBytes(file), temp.resolve("copy.mp4"));
            return;
        }
        boolean encrypted = expectation.getFileName().toString().startsWith("cbcs.");
        if (encrypted || !anyOfOurs(expected)) {
            String why = encrypted ? "the video is encrypted (cbcs)" : "no media track of a codec";
            assertThatThrownBy(() -> Mp4File.open(file))
                    .isInstanceOf(MalformedMp4Exception.class)
                    .hasMessageContaining(why);
            try (var channel = Files.newByteChannel(file)) {
                assertThatThrownBy(() -> RecordedFile.read(channel))
                        .isInstanceOf(MalformedMp4Exception.class)
                        .hasMessageContaining(why);
            }
            return;
        }
        try (Mp4File mp4 = Mp4File.open(file)) {
            for (JsonNode stream : expected.get("streams")) {
                assertStream(mp4, stream);
            }
            for (int i = 0; i < mp4.size(); i++) {
                assertThat(mp4.unit(i).pts()).isGreaterThanOrEqualTo(mp4.unit(i).dts());
            }
            try (var channel = Files.newByteChannel(file)) {
                assertThat(RecordedFile.read(channel).format()).isEqualTo(mp4.format());
            }
        }
    }

    private static void assertStream(Mp4File mp4, JsonNode stream) {
        String codec = stream.get("codec_name").asString();
        VideoFormat video = mp4.format().video();
        AudioFormat audio = mp4.format().audio();
        MediaKind kind;
        if (stream.get("codec_type").asString().equals("video") && video != null) {
            kind = MediaKind.VIDEO;
            assertThat(CODECS.get(video.codec().name())).isEqualTo(codec);
            assertThat(video.widthPx()).isEqualTo(stream.get("width").asInt());
            assertThat(video.heightPx()).isEqualTo(stream.get("height").asInt());
        } else if (stream.get("codec_type").asString().equals("audio") && audio != null) {
            kind = MediaKind.AUDIO;
            assertThat(CODECS.get(audio.codec().name())).isEqualTo(codec);
            assertThat(audio.sampleRateHz()).isEqualTo(stream.get("sample_rate").asInt());
            assertThat(audio.channels()).isEqualTo(stream.get("channels").asInt());
        } else {
            assertThat(CODECS.values()).doesNotContain(codec);
            return;
        }
        assertThat("1/" + mp4.timescale(kind)).isEqualTo(stream.get("time_base").asString());
        if (stream.has("nb_read_packets")) {
            long units = 0;
            for (int i = 0; i < mp4.size(); i++) {
                units += mp4.sample(i).kind() == kind ? 1 : 0;
            }
            assertThat(units).isEqualTo(stream.get("nb_read_packets").asLong());
        }
    }

    private static boolean anyOfOurs(JsonNode expected) {
        for (JsonNode stream : expected.get("streams")) {
            if (CODECS.containsValue(stream.get("codec_name").asString())) {
                return true;
            }
        }
        return false;
    }

    private static void assertBoxes(byte[] media, JsonNode expected) throws IOException {
        var boxes = new BoxScanner(new MemoryChannel(media));
        long at = 0;
        for (JsonNode one : expected) {
            BoxHeader box = Objects.requireNonNull(boxes.at(at));
            assertThat(FourCc.text(box.type())).isEqualTo(one.get("type").asString());
            assertThat(box.bytes()).isEqualTo(one.get("size").asLong());
            assertThat(boxes.whole(box)).isEqualTo(!one.has("error"));
            at = box.end();
        }
        assertThat(at).isGreaterThanOrEqualTo(media.length);
    }

    @Test
    void encryptionBoxesInAFragmentAreNoEncryption() throws IOException {
        byte[] clear =
                Samples.bytes(Samples.folder("mp4/files").resolve("clear_with_enc_boxes.mp4"));
        var init = InitSegmentReader.read(new BoxScanner(new MemoryChannel(clear)));
        assertThat(init.movie().format().video()).isNotNull();
    }

    private Path withInit(byte[] media, Path expectation, JsonNode expected) throws IOException {
        Path whole = temp.resolve("whole.mp4");
        if (expected.has("init")) {
            Path init = expectation.resolveSibling(expected.get("init").asString());
            Files.write(whole, Samples.bytes(init));
        } else {
            Files.write(whole, new byte[0]);
        }
        return Files.write(whole, media, StandardOpenOption.APPEND);
    }

    private static Path media(Path expectation) throws IOException {
        String name = expectation.getFileName().toString().replace(".expected.json", ".");
        try (Stream<Path> files = Files.list(expectation.getParent())) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .filter(file -> !file.equals(expectation))
                    .findFirst()
                    .orElseGet(() -> fail("no media beside " + expectation));
        }
    }

    @Test
    void everyCorpusIsSurvived() throws Exception {
        int inputs = 0;
        for (Path corpus : Samples.list("mp4/fuzz", ".jsonl")) {
            for (byte[] input : Samples.corpus(corpus)) {
                inputs++;
                boolean foreign = corpus.getFileName().toString().contains("mpegts");
                Mutation.check(
                        input,
                        Mp4MutationTest.BOUND,
                        bytes -> {
                            boolean read = Mp4Properties.survives(bytes, temp.resolve("input.mp4"));
                            assertThat(read && foreign).as("MPEG-TS taken for MP4").isFalse();
                        });
            }
        }
        assertThat(inputs).isGreaterThan(100);
    }
}
