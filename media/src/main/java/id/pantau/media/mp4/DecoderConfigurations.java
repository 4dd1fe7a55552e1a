package id.pantau.media.mp4;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.VideoFormat;
import id.pantau.media.codec.AacConfig;
import id.pantau.media.codec.H264Sps;
import id.pantau.media.codec.H265Nal;
import id.pantau.media.codec.H265ProfileTierLevel;
import id.pantau.media.codec.H265Sps;
import id.pantau.media.codec.MalformedBitstreamException;
import id.pantau.media.codec.OpusPacket;
import java.util.List;
import java.util.Locale;

/// The decoder configuration records inside sample entries (`avcC`, `hvcC`, `esds`, `dOps`, `dfLa`)
/// and the codec strings that say the same in a MIME type (RFC 6381). Formats whose SPS cannot be
/// read are an IllegalArgumentException: their maker has read it before.
final class DecoderConfigurations {
    private static final int NAL_LENGTH_BYTES = 4;

    private DecoderConfigurations() {}

    static String codecString(VideoFormat format) {
        return switch (format.codec()) {
            case H264 -> "avc1." + h264(format).codecString().toLowerCase(Locale.ROOT);
            case H265 -> "hvc1." + h265(format).profileTierLevel().codecString();
            case AAC, PCMU, PCMA, OPUS, FLAC -> throw wrongKind(format.codec());
        };
    }

    static String codecString(AudioFormat format) {
        return switch (format.codec()) {
            case AAC -> "mp4a.40." + audioObjectType(format.config());
            case PCMU -> "ulaw";
            case PCMA -> "alaw";
            case OPUS -> "opus";
            case FLAC -> "flac";
            case H264, H265 -> throw wrongKind(format.codec());
        };
    }

    /// AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1).
    static void writeAvcC(BoxWriter out, VideoFormat format) {
        H264Sps sps = h264(format);
        out.begin(FourCc.AVCC).u8(1).u8(sps.profileIdc()).u8(sps.constraintFlags());
        out.u8(sps.levelIdc()).u8(0xfc | NAL_LENGTH_BYTES - 1);
        out.u8(0xe0 | Math.min(31, format.sps().size()));
        format.sps().stream().limit(31).forEach(set -> writeNal(out, set));
        out.u8(Math.min(255, format.pps().size()));
        format.pps().stream().limit(255).forEach(set -> writeNal(out, set));
        if (H264Sps.hasChromaFormat(sps.profileIdc())) {
            out.u8(0xfc | sps.chromaFormatIdc() & 3);
            out.u8(0xf8 | sps.bitDepthLuma() - 8 & 7);
            out.u8(0xf8 | sps.bitDepthChroma() - 8 & 7).u8(0);
        }
        out.end();
    }

    /// HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 §8.3.3.1).
    static void writeHvcC(BoxWriter out, VideoFormat format) {
        H265Sps sps = h265(format);
        H265ProfileTierLevel profile = sps.profileTierLevel();
        out.begin(FourCc.HVCC).u8(1);
        out.u8(
                profile.profileSpace() << 6
                        | (profile.highTier() ? 0x20 : 0)
                        | profile.profileIdc());
        out.u32(profile.compatibilityFlags());
        out.u32(profile.constraintFlags() >> 16).u16((int) profile.constraintFlags());
        out.u8(profile.levelIdc());
        out.u16(0xf000 | sps.minSpatialSegmentation());
        out.u8(0xfc); // parallelismType: unknown
        out.u8(0xfc | sps.chromaFormatIdc() & 3);
        out.u8(0xf8 | sps.bitDepthLuma() - 8 & 7).u8(0xf8 | sps.bitDepthChroma() - 8 & 7);
        out.u16(0); // avgFrameRate: unknown
        out.u8(sps.maxSubLayers() << 3 | (sps.temporalIdNesting() ? 4 : 0) | NAL_LENGTH_BYTES - 1);
        out.u8(3);
        writeNalArray(out, H265Nal.VPS, format.vps());
        writeNalArray(out, H265Nal.SPS, format.sps());
        writeNalArray(out, H265Nal.PPS, format.pps());
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
            out.bytes(OpusPacket.decoderConfig(Math.min(2, format.channels())));
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

    /// 2 (AAC LC) where the configuration does not tell.
    private static int audioObjectType(Bytes config) {
        try {
            return AacConfig.parse(config.buffer()).codecStringObjectType();
        } catch (MalformedBitstreamException _) {
            return AacConfig.LC;
        }
    }

    private static H264Sps h264(VideoFormat format) {
        try {
            return H264Sps.parse(format.sps().getFirst().buffer());
        } catch (MalformedBitstreamException e) {
            throw new IllegalArgumentException("no usable SPS in the video format", e);
        }
    }

    private static H265Sps h265(VideoFormat format) {
        try {
            return H265Sps.parse(format.sps().getFirst().buffer());
        } catch (MalformedBitstreamException e) {
            throw new IllegalArgumentException("no usable SPS in the video format", e);
        }
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

    static IllegalArgumentException wrongKind(Codec codec) {
        return new IllegalArgumentException(
                "%s where a codec of the other kind belongs".formatted(codec.label()));
    }
}
