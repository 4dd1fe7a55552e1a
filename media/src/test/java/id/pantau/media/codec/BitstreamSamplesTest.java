package id.pantau.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import id.pantau.media.Bytes;
import id.pantau.media.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("samples")
class BitstreamSamplesTest {
    @Test
    void everyH264StreamHasTheUnitsAndParameterSetsItIsKnownToHave() throws Exception {
        List<Path> files = new ArrayList<>(Samples.list("rtp-bitstreams/h264", ".h264"));
        files.addAll(Samples.list("rtp-bitstreams/h264", ".avcc"));
        for (Path file : files) {
            ByteBuffer bytes = Samples.buffer(file);
            JsonNode expected = Samples.json(Samples.expectation(file));
            List<ByteBuffer> units =
                    file.toString().endsWith(".avcc")
                            ? NalUnits.splitLengthPrefixed(bytes, 4)
                            : NalUnits.splitAnnexB(bytes);
            assertThat(counts(units, false)).as(file.toString()).isEqualTo(counts(expected));
            int at = 0;
            for (ByteBuffer unit : units) {
                if (H264Nal.type(unit.get(0)) == H264Nal.SPS
                        && expected.has("sps")
                        && at < expected.get("sps").size()) {
                    H264Sps sps = H264Sps.parse(unit);
                    JsonNode wanted = matching(expected.get("sps"), sps.widthPx());
                    assertH264(file.toString(), sps, wanted);
                    at++;
                }
            }
        }
    }

    @Test
    void everyH265StreamHasTheUnitsAndParameterSetsItIsKnownToHave() throws Exception {
        for (Path file : Samples.list("rtp-bitstreams/h265", ".h265")) {
            JsonNode expected = Samples.json(Samples.expectation(file));
            List<ByteBuffer> units = NalUnits.splitAnnexB(Samples.buffer(file));
            assertThat(counts(units, true)).as(file.toString()).isEqualTo(counts(expected));
            for (ByteBuffer unit : units) {
                switch (H265Nal.type(unit.get(0) & 0xff)) {
                    case H265Nal.VPS -> assertThat(H265Vps.parse(unit).id()).isZero();
                    case H265Nal.PPS -> assertThat(H265Pps.parse(unit).spsId()).isZero();
                    case H265Nal.SPS ->
                            assertH265(
                                    file.toString(),
                                    H265Sps.parse(unit),
                                    expected.get("sps").get(0));
                    default -> {}
                }
            }
        }
    }

    @Test
    void parameterSetsOfCamerasSayWhatTheyAreKnownToSay() throws Exception {
        for (JsonNode line :
                Samples.jsonLines(
                        Samples.folder("rtp-bitstreams").resolve("parameter-sets.jsonl"))) {
            ByteBuffer unit = Bytes.ofHex(line.get("hex").asString()).buffer();
            String name = line.get("case").asString();
            if (line.get("codec").asString().equals("h265")) {
                assertH265(name, H265Sps.parse(unit), line.get("detail"));
            } else {
                assertH264(name, H264Sps.parse(unit), line.get("detail"));
            }
        }
    }

    @Test
    void audioConfigurationsSayWhatTheyAreKnownToSay() throws Exception {
        Path file = Samples.folder("rtp-bitstreams").resolve("aac-audio-specific-config.jsonl");
        for (JsonNode line : Samples.jsonLines(file)) {
            String name = line.get("case").asString();
            AacConfig config = AacConfig.parse(Bytes.ofHex(line.get("hex").asString()).buffer());
            assertThat(config.objectType())
                    .as(name)
                    .isEqualTo(line.get("type").asString().equals("AACELD") ? 39 : 2);
            assertThat(config.sampleRateHz()).as(name).isEqualTo(line.get("sampleRate").asInt());
            assertThat(config.channels()).as(name).isEqualTo(line.get("channelCount").asInt());
            assertThat(config.channelConfiguration())
                    .as(name)
                    .isEqualTo(line.get("channelConfig").asInt());
            if (line.has("extensionType")) {
                assertThat(config.extension().name())
                        .as(name)
                        .isEqualTo(line.get("extensionType").asString());
                assertThat(config.extensionSampleRateHz())
                        .as(name)
                        .isEqualTo(line.get("extensionSampleRate").asInt());
            }
        }
    }

    @Test
    void adtsInsideRtpIsSeenForWhatItIs() throws Exception {
        AdtsHeader header =
                AdtsHeader.parse(
                        Samples.buffer(
                                Samples.folder("rtp-bitstreams")
                                        .resolve("aac-rtp-with-adts-instead-of-au-headers.bin")));
        assertThat(header.frameBytes()).isEqualTo(536);
        assertThat(header.frameBytes() - header.headerBytes()).isEqualTo(529);
        assertThat(header.sampleRateHz()).isEqualTo(16_000);
        assertThat(header.channels()).isEqualTo(2);
        assertThat(AacConfig.parse(header.config().buffer()).sampleRateHz()).isEqualTo(16_000);
    }

    private static void assertH264(String name, H264Sps sps, JsonNode expected) {
        assertThat(sps.widthPx()).as(name).isEqualTo(expected.get("width").asInt());
        assertThat(sps.heightPx()).as(name).isEqualTo(expected.get("height").asInt());
        assertThat(sps.profileIdc()).as(name).isEqualTo(expected.get("profile_idc").asInt());
        assertThat(sps.constraintFlags()).as(name).isEqualTo(expected.get("constraints").asInt());
        assertThat(sps.levelIdc()).as(name).isEqualTo(expected.get("level_idc").asInt());
        assertThat("avc1." + sps.codecString())
                .as(name)
                .isEqualTo(expected.get("rfc6381").asString());
        assertThat(sps.fps()).as(name).isCloseTo(fps(expected), within(0.01));
    }

    private static void assertH265(String name, H265Sps sps, JsonNode expected) {
        assertThat(sps.widthPx()).as(name).isEqualTo(expected.get("width").asInt());
        assertThat(sps.heightPx()).as(name).isEqualTo(expected.get("height").asInt());
        assertThat(sps.profileTierLevel().profileIdc())
                .as(name)
                .isEqualTo(expected.get("profile_idc").asInt());
        assertThat(sps.profileTierLevel().highTier())
                .as(name)
                .isEqualTo(expected.get("tier").asInt() == 1);
        assertThat(sps.profileTierLevel().levelIdc())
                .as(name)
                .isEqualTo(expected.get("level_idc").asInt());
        assertThat(sps.fps()).as(name).isCloseTo(fps(expected), within(0.01));
    }

    private static double fps(JsonNode expected) {
        return expected.has("fps") ? expected.get("fps").asDouble() : 0;
    }

    private static JsonNode matching(JsonNode list, int width) {
        for (JsonNode entry : list) {
            if (entry.get("width").asInt() == width) {
                return entry;
            }
        }
        throw new AssertionError("no SPS of width %d in %s".formatted(width, list));
    }

    private static Map<Integer, Integer> counts(JsonNode expected) throws IOException {
        Map<Integer, Integer> counts = new TreeMap<>();
        expected.get("nalTypes")
                .properties()
                .forEach(entry ->
                        counts.put(Integer.parseInt(entry.getKey()), entry.getValue().asInt()));
        return counts;
    }

    private static Map<Integer, Integer> counts(List<ByteBuffer> units, boolean h265) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (ByteBuffer unit : units) {
            int header = unit.get(0) & 0xff;
            counts.merge(h265 ? H265Nal.type(header) : H264Nal.type(header), 1, Integer::sum);
        }
        return counts;
    }
}
