package id.pantau.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Damaged audio configurations and packets, and any bytes at all as G.711 on its way to FLAC.
class AudioMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(1 << 20, 200);

    @Test
    void noDamageToAudioBreaksTheParsers() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (String hex :
                List.of(
                        "1780678410",
                        "2b8a0800",
                        "10000400110000",
                        "1410",
                        "fff160804" + "31ffc211ad4",
                        "fc" + "fe".repeat(40),
                        "07" + "85".repeat(40))) {
            seeds.add(Bytes.ofHex(hex).toArray());
        }
        if (Samples.present()) {
            seeds.addAll(configurations());
        }
        new Mutation("audio", 4, seeds, BOUND).run(AudioMutationTest::read);
    }

    private static List<byte[]> configurations() throws IOException {
        var file = Samples.folder("rtp-bitstreams").resolve("aac-audio-specific-config.jsonl");
        List<byte[]> found = new ArrayList<>();
        for (JsonNode line : Samples.jsonLines(file)) {
            found.add(Bytes.ofHex(line.get("hex").asString()).toArray());
        }
        return found;
    }

    private static void read(byte[] input) {
        try {
            AacConfig config = AacConfig.parse(ByteBuffer.wrap(input));
            assertThat(config.sampleRateHz()).isPositive();
        } catch (MalformedBitstreamException _) {
            // refused
        }
        try {
            AdtsHeader header = AdtsHeader.parse(ByteBuffer.wrap(input));
            assertThat(AacConfig.parse(header.config().buffer()).sampleRateHz())
                    .isEqualTo(header.sampleRateHz());
        } catch (MalformedBitstreamException _) {
            // refused
        }
        try {
            assertThat(OpusPacket.samples(ByteBuffer.wrap(input))).isBetween(1, 5760);
        } catch (MalformedBitstreamException _) {
            // refused
        }
        transcode(input);
    }

    private static void transcode(byte[] input) {
        var flac =
                new FlacTranscoder(
                        new AudioFormat(Codec.PCMU, 8000, 1, Bytes.EMPTY),
                        FlacTranscoder.LIVE_LATENCY);
        for (int i = 0; i < 3; i++) {
            var time = new MediaTime(i * 1800L);
            flac.add(
                    new AccessUnit(
                            MediaKind.AUDIO,
                            time,
                            time,
                            true,
                            Instant.EPOCH,
                            ByteBuffer.wrap(input)));
        }
    }
}
