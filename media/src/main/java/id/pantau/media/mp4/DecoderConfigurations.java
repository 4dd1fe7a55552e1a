package id.pantau.media.mp4;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.VideoFormat;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// The decoder configuration records inside sample entries (`avcC`, `hvcC`, `esds`, `dOps`, `dfLa`)
/// and the codec strings that say the same in a MIME type (RFC 6381).
final class DecoderConfigurations {
    private static final int NAL_LENGTH_BYTES = 4;

    private DecoderConfigurations() {}

    static String codecString(VideoFormat format) {
        Bytes sps = format.sps().getFirst();
        return switch (format.codec()) {
            case H264 -> "avc1.%02x%02x%02x".formatted(sps.at(1), sps.at(2), sps.at(3));
            case H265 -> hevcCodecString(HevcProfile.of(sps));
            case AAC, PCMU, PCMA, OPUS, FLAC -> throw notVideo(format.codec().label());
        };
    }

    static String codecString(AudioFormat format) {
        return switch (format.codec()) {
            case AAC -> "mp4a.40." + audioObjectType(format.config());
            case PCMU -> "ulaw";
            case PCMA -> "alaw";
            case OPUS -> "opus";
            case FLAC -> "flac";
            case H264, H265 -> throw new IllegalArgumentException(format.codec() + " is not audio");
        };
    }

    /// AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1).
    static void writeAvcC(BoxWriter out, VideoFormat format) {
        Bytes sps = format.sps().getFirst();
        int profile = sps.at(1);
        out.begin(FourCc.AVCC).u8(1).u8(profile).u8(sps.at(2)).u8(sps.at(3));
        out.u8(0xfc | NAL_LENGTH_BYTES - 1);
        out.u8(0xe0 | Math.min(31, format.sps().size()));
        format.sps().stream().limit(31).forEach(set -> writeNal(out, set));
        out.u8(Math.min(255, format.pps().size()));
        format.pps().stream().limit(255).forEach(set -> writeNal(out, set));
        if (profile == 100 || profile == 110 || profile == 122 || profile == 144) {
            var bits = new ParameterSetBits(sps, 1);
            bits.skip(24);
            bits.unsignedExpGolomb(); // seq_parameter_set_id
            int chroma = bits.unsignedExpGolomb();
            if (chroma == 3) {
                bits.skip(1);
            }
            int luma = bits.unsignedExpGolomb();
            out.u8(0xfc | chroma).u8(0xf8 | luma).u8(0xf8 | bits.unsignedExpGolomb()).u8(0);
        }
        out.end();
    }

    /// HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 §8.3.3.1).
    static void writeHvcC(BoxWriter out, VideoFormat format) {
        HevcProfile profile = HevcProfile.of(format.sps().getFirst());
        out.begin(FourCc.HVCC).u8(1).bytes(profile.generalBytes());
        out.u16(0xf000); // min_spatial_segmentation_idc: unknown
        out.u8(0xfc); // parallelismType: unknown
        out.u8(0xfc | profile.chromaFormat());
        out.u8(0xf8 | profile.bitDepthLuma() - 8).u8(0xf8 | profile.bitDepthChroma() - 8);
        out.u16(0); // avgFrameRate: unknown
        out.u8(
                profile.temporalLayers() << 3
                        | (profile.temporalIdNested() ? 4 : 0)
                        | NAL_LENGTH_BYTES - 1);
        out.u8(3);
        writeNalArray(out, Nal.H265_VPS, format.vps());
        writeNalArray(out, Nal.H265_SPS, format.sps());
        writeNalArray(out, Nal.H265_PPS, format.pps());
        out.end();
    }

    /// ESDescriptor (ISO/IEC 14496-14 §6.7.2, 14496-1 §7.2.6.5).
    static void writeEsds(BoxWriter out, Bytes audioSpecificConfig) {
        int specific = audioSpecificConfig.size();
        int decoder = 13 + 5 + specific;
        out.begin(FourCc.ESDS, 0, 0);
        writeDescriptor(out, 3, 3 + 5 + decoder + 5 + 1).u16(0).u8(0);
        writeDescriptor(out, 4, decoder).u8(0x40).u8(0x15).zeros(3).u32(0).u32(0);
        writeDescriptor(out, 5, specific).bytes(audioSpecificConfig);
        writeDescriptor(out, 6, 1).u8(2);
        out.end();
    }

    /// Encapsulation of Opus in ISO Base Media File Format §4.3.2.
    static void writeDOps(BoxWriter out, AudioFormat format) {
        out.begin(FourCc.DOPS);
        if (format.config().isEmpty()) {
            out.u8(0).u8(format.channels()).u16(0).u32(48_000).u16(0).u8(0);
        } else {
            out.bytes(format.config());
        }
        out.end();
    }

    /// Encapsulation of FLAC in ISO Base Media File Format §3.3.2: STREAMINFO as the last block.
    static void writeDfLa(BoxWriter out, Bytes streamInfo) {
        out.begin(FourCc.DFLA, 0, 0).u32(0x8000_0000L | streamInfo.size());
        out.bytes(streamInfo).end();
    }

    /// The first value of an AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1); 2 (AAC-LC) without one.
    static int audioObjectType(Bytes config) {
        if (config.size() < 2) {
            return 2;
        }
        int type = config.at(0) >> 3;
        return type == 31 ? 32 + ((config.at(0) & 7) << 3 | config.at(1) >> 5) : type;
    }

    private static String hevcCodecString(HevcProfile profile) {
        Bytes general = profile.generalBytes();
        int space = general.at(0) >> 6;
        int compatibility = Integer.reverse(general.buffer().getInt(1));
        var text = new StringBuilder("hvc1.");
        if (space > 0) {
            text.append((char) ('A' + space - 1));
        }
        text.append(general.at(0) & 0x1f);
        text.append('.').append(Integer.toHexString(compatibility).toUpperCase(Locale.ROOT));
        text.append((general.at(0) & 0x20) == 0 ? ".L" : ".H").append(general.at(11));
        int last = 10;
        while (last >= 5 && general.at(last) == 0) {
            last--;
        }
        var hex = HexFormat.of().withUpperCase();
        for (int i = 5; i <= last; i++) {
            text.append('.').append(hex.toHexDigits((byte) general.at(i)));
        }
        return text.toString();
    }

    private static void writeNal(BoxWriter out, Bytes nal) {
        out.u16(nal.size()).bytes(nal);
    }

    private static void writeNalArray(BoxWriter out, int type, List<Bytes> sets) {
        out.u8(0x80 | type).u16(sets.size()); // complete: none are in band (`hvc1`)
        sets.forEach(set -> writeNal(out, set));
    }

    /// Tag and size, the size in 4 bytes as every other muxer does.
    private static BoxWriter writeDescriptor(BoxWriter out, int tag, int size) {
        out.u8(tag).u8(0x80 | size >> 21 & 0x7f).u8(0x80 | size >> 14 & 0x7f);
        return out.u8(0x80 | size >> 7 & 0x7f).u8(size & 0x7f);
    }

    private static IllegalArgumentException notVideo(String label) {
        return new IllegalArgumentException(label + " is not video");
    }
}
