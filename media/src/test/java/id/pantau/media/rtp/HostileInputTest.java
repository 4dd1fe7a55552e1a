package id.pantau.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaFormat;
import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import id.pantau.media.codec.AacConfig;
import id.pantau.media.codec.AdtsHeader;
import id.pantau.media.codec.H264Pps;
import id.pantau.media.codec.H264Sps;
import id.pantau.media.codec.H265Pps;
import id.pantau.media.codec.H265Sps;
import id.pantau.media.codec.H265Vps;
import id.pantau.media.codec.MalformedBitstreamException;
import id.pantau.media.codec.NalUnits;
import id.pantau.media.codec.OpusPacket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What senders say of themselves may be a lie, and what once broke others must not break us: no
/// exception but the declared one comes out of a receiver. The seed is printed;
/// `pantau.mutation.seed` repeats one.
class HostileInputTest {
    private static final int LIES = 2000;

    /// Thirteen parsers and five receivers read each input.
    private static final Mutation.Bound BOUND = new Mutation.Bound(4 << 20, 2000);

    /// Reads bytes; may refuse them in its own way.
    private interface Reading {
        void read(ByteBuffer bytes) throws MalformedBitstreamException;
    }

    private static final List<Reading> CODEC_PARSERS =
            List.of(
                    H264Sps::parse,
                    H264Pps::parse,
                    H265Vps::parse,
                    H265Sps::parse,
                    H265Pps::parse,
                    AacConfig::parse,
                    AdtsHeader::parse,
                    OpusPacket::samples,
                    NalUnits::splitAnnexB,
                    bytes -> NalUnits.splitLengthPrefixed(bytes, 4),
                    bytes -> NalUnits.splitLengthPrefixed(bytes, 1),
                    Rtcp::parse,
                    bytes -> new RtpPacket().wrap(bytes));

    @Test
    void descriptionsThatLie() {
        var random = seeded("descriptionsThatLie");
        for (int i = 0; i < LIES; i++) {
            String noise = Bytes.of(mutate(new byte[] {1, 2, 3, 4, 5, 6}, random)).toHex();
            for (Codec codec : List.of(Codec.H264, Codec.H265, Codec.AAC, Codec.OPUS, Codec.PCMU)) {
                var bench =
                        new ReceiverBench(
                                new RtpTrack(
                                        codec,
                                        96,
                                        random.nextInt(),
                                        random.nextInt(),
                                        Map.of(
                                                "ctsdeltalength", "" + random.nextInt(-1, 40),
                                                "auxiliarydatasizelength",
                                                        "" + random.nextInt(-40, 40),
                                                "config", noise,
                                                "sizelength", "" + random.nextInt(-2, 40),
                                                "indexlength", "" + random.nextInt(40),
                                                "constantsize", "" + random.nextInt(-5, 5),
                                                "sprop-parameter-sets", noise + "," + noise,
                                                "sprop-sps", "Q" + noise,
                                                "sprop-max-don-diff", noise,
                                                "mode", noise)));
                byte[] payload = new byte[random.nextInt(60)];
                random.nextBytes(payload);
                bench.rtp(0, Units.packet(96, 1, 5, true, ByteBuffer.wrap(payload)));
                bench.rtp(0, Units.packet(96, 2, 9, true, ByteBuffer.wrap(payload)));
                Units.assertInOrder(bench.signals.units());
            }
        }
    }

    @Test
    @Tag("samples")
    void whatOtherProjectsFuzzersKept() throws Exception {
        List<byte[]> inputs = Samples.corpora("rtp-bitstreams/fuzz");
        assertThat(inputs).hasSizeGreaterThan(300);
        for (byte[] input : inputs) {
            Mutation.check(input, BOUND, HostileInputTest::read);
        }
    }

    private static void read(byte[] input) {
        for (Reading parser : CODEC_PARSERS) {
            readAny(parser, ByteBuffer.wrap(input));
        }
        for (MediaFormat format : formats()) {
            RtpTrack track = new Sender(format, 1200).track();
            var bench = new ReceiverBench(track);
            bench.rtp(0, ByteBuffer.wrap(input));
            bench.receiver.rtcp(0, ByteBuffer.wrap(input));
            for (int i = 0; i < 3; i++) {
                ByteBuffer payload = ByteBuffer.wrap(input);
                bench.rtp(0, Units.packet(track.payloadType(), i, i * 90, i == 2, payload));
            }
            Units.assertInOrder(bench.signals.units());
        }
    }

    static List<MediaFormat> formats() {
        return List.of(
                MadeParameterSets.h264(77, 640, 480, 0, -1),
                MadeParameterSets.h265(640, 480, 2),
                new AudioFormat(Codec.AAC, 16_000, 1, AacConfig.lowComplexity(16_000, 1)),
                new AudioFormat(Codec.PCMA, 8000, 1, Bytes.EMPTY),
                new AudioFormat(Codec.OPUS, 48_000, 2, OpusPacket.decoderConfig(2)));
    }

    private static void readAny(Reading parser, ByteBuffer bytes) {
        try {
            parser.read(bytes);
        } catch (MalformedBitstreamException _) {
            // The one way in which a parser may refuse.
        }
    }

    private static Random seeded(String test) {
        long seed = Long.getLong("pantau.mutation.seed", System.nanoTime());
        System.out.println("HostileInputTest." + test + " seed " + seed);
        return new Random(seed);
    }

    private static byte[] mutate(byte[] input, Random random) {
        byte[] output = random.nextInt(5) == 0 ? cutOrGrown(input, random) : input.clone();
        for (int i = random.nextInt(4); i >= 0 && output.length > 0; i--) {
            int at = random.nextInt(output.length);
            switch (random.nextInt(4)) {
                case 0 -> output[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> output[at] = (byte) random.nextInt();
                case 2 -> output[at] = 0;
                default -> output[at] = (byte) 0xff;
            }
        }
        return output;
    }

    private static byte[] cutOrGrown(byte[] input, Random random) {
        byte[] output = new byte[random.nextInt(input.length + 20)];
        random.nextBytes(output);
        System.arraycopy(input, 0, output, 0, Math.min(input.length, output.length));
        return output;
    }
}
