package id.pantau.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import id.pantau.media.Bytes;
import id.pantau.media.rtp.MadeParameterSets;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodecHeadersTest {
    @Test
    void expGolombCodesReadAsTheStandardTabulatesThem() throws Exception {
        // 1 | 010 | 011 | 00100 | 00101, then signed: 1 | 010 | 011 | 00100
        var bits = new BitReader(Bytes.ofHex("a64294c8").buffer());
        assertThat(List.of(bits.readUnsigned(), bits.readUnsigned(), bits.readUnsigned()))
                .containsExactly(0L, 1L, 2L);
        assertThat(bits.readUnsigned()).isEqualTo(3);
        assertThat(bits.readUnsigned()).isEqualTo(4);
        assertThat(bits.positionBits()).isEqualTo(17);
    }

    @Test
    void bitsBeyondTheEndAreRefused() throws Exception {
        var bits = new BitReader(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}));
        assertThat(bits.readBits(32)).isEqualTo(0x01020304L);
        assertThat(catchThrowableOfType(MalformedBitstreamException.class, () -> bits.readBits(9)))
                .hasMessageContaining("cut short");
        var zeros = new BitReader(ByteBuffer.wrap(new byte[100]));
        assertThat(catchThrowableOfType(MalformedBitstreamException.class, zeros::readUnsigned))
                .isNotNull();
    }

    @Test
    void startCodesOfThreeAndFourBytesSeparateUnits() {
        ByteBuffer stream =
                Bytes.ofHex(
                                "ff00000001"
                                        + "6742"
                                        + "000001"
                                        + "68ce00"
                                        + "00000001"
                                        + "65"
                                        + "0000")
                        .buffer();
        assertThat(NalUnits.splitAnnexB(stream).stream().map(unit -> Bytes.of(unit).toHex()))
                .containsExactly("6742", "68ce", "65");
        assertThat(NalUnits.splitAnnexB(ByteBuffer.allocate(9))).isEmpty();
    }

    @Test
    void lengthsThatLieAreRefused() {
        assertThat(
                        catchThrowableOfType(
                                MalformedBitstreamException.class,
                                () ->
                                        NalUnits.splitLengthPrefixed(
                                                Bytes.ofHex("7fffffff6501").buffer(), 4)))
                .isNotNull();
        assertThat(
                        catchThrowableOfType(
                                MalformedBitstreamException.class,
                                () ->
                                        NalUnits.splitLengthPrefixed(
                                                Bytes.ofHex("0000").buffer(), 4)))
                .isNotNull();
    }

    @Test
    void emulationPreventionIsTakenOut() {
        assertThat(
                        Bytes.of(
                                        NalUnits.unescape(
                                                Bytes.ofHex("67000003010000030000030003").buffer()))
                                .toHex())
                .isEqualTo("67000001000000000003");
    }

    @Test
    void reorderDepthComesFromTheRestrictionTheProfileOrTheOrderType() throws Exception {
        assertThat(sps(100, 0, 2).reorderDepth()).hasValue(2);
        assertThat(sps(66, 0, -1).reorderDepth()).hasValue(0);
        assertThat(sps(77, 2, -1).reorderDepth()).hasValue(0);
        assertThat(sps(77, 0, -1).reorderDepth()).isEmpty();
        assertThat(sps(100, 0, -1).fps()).isEqualTo(25);
    }

    private static H264Sps sps(int profile, int orderType, int reorder) throws Exception {
        return H264Sps.parse(
                MadeParameterSets.h264Sps(3, profile, 640, 480, orderType, reorder).buffer());
    }

    @Test
    void codecStringsAreWrittenAsRfc6381AndIsoIec14496SayThem() throws Exception {
        assertThat(sps(100, 0, 2).codecString()).isEqualTo("64001E");
        var hevc = MadeParameterSets.h265(1280, 720, 2);
        H265Sps sps = H265Sps.parse(hevc.sps().getFirst().buffer());
        assertThat(sps.profileTierLevel().codecString()).isEqualTo("1.6.L93.90");
        assertThat(new H265ProfileTierLevel(1, true, 2, 0x2000_0000, 0, 150).codecString())
                .isEqualTo("A2.4.H150");
        assertThat(sps.reorderDepth()).isEqualTo(2);
        assertThat(H265Vps.parse(hevc.vps().getFirst().buffer()).profileTierLevel())
                .isEqualTo(sps.profileTierLevel());
    }

    @Test
    void aacConfigurationsWrittenReadTheSame() throws Exception {
        for (int rate : new int[] {8000, 16_000, 44_100, 48_000, 53_000}) {
            for (int channels : new int[] {1, 2, 6, 8}) {
                AacConfig config =
                        AacConfig.parse(AacConfig.lowComplexity(rate, channels).buffer());
                assertThat(config.sampleRateHz()).isEqualTo(rate);
                assertThat(config.channels()).isEqualTo(channels);
                assertThat(config.codecStringObjectType()).isEqualTo(AacConfig.LC);
            }
        }
    }

    @Test
    void sbrToldBehindTheConfigurationIsSeenAndOtherBytesThereAreIgnored() throws Exception {
        AacConfig hidden = AacConfig.parse(Bytes.ofHex("139056e598").buffer());
        assertThat(hidden.sampleRateHz()).isEqualTo(22_050);
        assertThat(hidden.extension()).isEqualTo(AacConfig.Extension.SBR);
        assertThat(hidden.extensionSampleRateHz()).isEqualTo(48_000);
        assertThat(AacConfig.parse(Bytes.ofHex("1408ffffffff").buffer()).extension())
                .isEqualTo(AacConfig.Extension.NONE);
    }

    @Test
    void opusPacketsSayHowLongTheyAre() throws Exception {
        assertThat(OpusPacket.samples(Bytes.ofHex("7800").buffer())).isEqualTo(960);
        assertThat(OpusPacket.samples(Bytes.ofHex("fc00").buffer())).isEqualTo(960);
        assertThat(OpusPacket.samples(Bytes.ofHex("0b03").buffer())).isEqualTo(3 * 960);
        assertThat(OpusPacket.decoderConfig(2).toHex()).isEqualTo("00020f000000bb80000000");
    }
}
