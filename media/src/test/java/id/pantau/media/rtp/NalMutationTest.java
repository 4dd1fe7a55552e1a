package id.pantau.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import id.pantau.media.codec.H264Pps;
import id.pantau.media.codec.H264Sps;
import id.pantau.media.codec.H265Pps;
import id.pantau.media.codec.H265Sps;
import id.pantau.media.codec.H265Vps;
import id.pantau.media.codec.MalformedBitstreamException;
import id.pantau.media.codec.NalUnits;
import id.pantau.media.codec.VideoParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Damaged NAL units: parameter sets, byte streams and samples.
class NalMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(256 << 10, 400);

    /// Reads bytes; may refuse them in its own way.
    private interface Reading {
        void read(ByteBuffer bytes) throws MalformedBitstreamException;
    }

    private static final List<Reading> PARSERS =
            List.of(
                    H264Sps::parse,
                    H264Pps::parse,
                    H265Vps::parse,
                    H265Sps::parse,
                    H265Pps::parse,
                    bytes -> NalUnits.splitLengthPrefixed(bytes, 4),
                    bytes -> NalUnits.splitLengthPrefixed(bytes, 2),
                    bytes -> NalUnits.splitLengthPrefixed(bytes, 1),
                    NalMutationTest::readByteStream,
                    NalMutationTest::readFormats);

    @Test
    void noDamageToNalUnitsBreaksTheParsers() throws Exception {
        new Mutation("nal", PARSERS.size(), seeds(), BOUND).run(NalMutationTest::read);
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        var avc = MadeParameterSets.h264(100, 640, 480, 0, 2);
        var hevc = MadeParameterSets.h265(640, 480, 2);
        for (List<Bytes> sets : List.of(avc.sps(), avc.pps(), hevc.vps(), hevc.sps(), hevc.pps())) {
            sets.forEach(set -> seeds.add(set.toArray()));
        }
        seeds.add(Bytes.ofHex("000001674201000001681234000000016588840000000300").toArray());
        if (Samples.present()) {
            var file = Samples.folder("rtp-bitstreams").resolve("parameter-sets.jsonl");
            for (JsonNode line : Samples.jsonLines(file)) {
                seeds.add(Bytes.ofHex(line.get("hex").asString()).toArray());
            }
            seeds.add(
                    Samples.seed(Samples.folder("rtp-bitstreams").resolve("h264/SVA_BA1_B.h264")));
            seeds.add(
                    Samples.seed(Samples.folder("rtp-bitstreams").resolve("h264/two-frames.avcc")));
        }
        return seeds.stream()
                .map(seed -> Arrays.copyOf(seed, Math.min(seed.length, 4096)))
                .toList();
    }

    private static void read(byte[] input) {
        for (Reading parser : PARSERS) {
            try {
                parser.read(ByteBuffer.wrap(input));
            } catch (MalformedBitstreamException _) {
                // The one way in which a parser may refuse.
            }
        }
    }

    /// What a stream was split into is the same when it is written as a stream again.
    private static void readByteStream(ByteBuffer bytes) {
        List<ByteBuffer> units = NalUnits.splitAnnexB(bytes);
        ByteBuffer again =
                ByteBuffer.allocate(units.stream().mapToInt(one -> 3 + one.remaining()).sum());
        for (ByteBuffer unit : units) {
            again.put(new byte[] {0, 0, 1}).put(unit.duplicate());
            assertThat(NalUnits.unescape(unit).remaining()).isLessThanOrEqualTo(unit.remaining());
        }
        assertThat(NalUnits.splitAnnexB(again.flip())).isEqualTo(units);
    }

    private static void readFormats(ByteBuffer bytes) throws MalformedBitstreamException {
        var made = MadeParameterSets.h265(640, 480, 2);
        List<Bytes> set = List.of(Bytes.of(bytes));
        if ((bytes.limit() & 1) == 0) {
            VideoParameters.format(Codec.H264, List.of(), set, set);
        } else {
            VideoParameters.format(Codec.H265, made.vps(), set, made.pps());
        }
    }
}
