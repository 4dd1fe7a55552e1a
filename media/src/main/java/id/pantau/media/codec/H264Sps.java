package id.pantau.media.codec;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/// A sequence parameter set of H.264 (ITU-T H.264 §7.3.2.1 and Annex E), as far as a recorder needs
/// it.
///
/// @param constraintFlags the byte of `constraint_set0_flag` (most significant) and its followers
/// @param levelIdc ten times the level; 9 and 11 with constraint set 3 may mean level 1b
/// @param id `seq_parameter_set_id`, 0..31
/// @param chromaFormatIdc 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
/// @param widthPx of the cropped picture
/// @param heightPx of the cropped picture
/// @param unitsInTick `num_units_in_tick`; 0 without timing information
/// @param timeScale `time_scale`; 0 without timing information
/// @param maxReorderFrames `max_num_reorder_frames` of the bitstream restriction, if there is one
public record H264Sps(
        int profileIdc,
        int constraintFlags,
        int levelIdc,
        int id,
        int chromaFormatIdc,
        int bitDepthLuma,
        int bitDepthChroma,
        int pictureOrderCountType,
        int maxReferenceFrames,
        boolean frameMacroblocksOnly,
        int widthPx,
        int heightPx,
        long unitsInTick,
        long timeScale,
        OptionalInt maxReorderFrames) {
    /// The largest side Annex A leaves room for (level 6.2), rounded up.
    private static final int MAX_MACROBLOCKS_PER_SIDE = 1056;

    private static final int EXTENDED_SAR = 255;

    /// @param unit a NAL unit of type 7 or 15 (subset SPS: its first part) with its header, without
    ///   start code
    public static H264Sps parse(ByteBuffer unit) throws MalformedBitstreamException {
        if (!unit.hasRemaining()) {
            throw new MalformedBitstreamException("an empty SPS");
        }
        int type = H264Nal.type(unit.get(unit.position()));
        if (type != H264Nal.SPS && type != H264Nal.SUBSET_SPS) {
            throw new MalformedBitstreamException("not an SPS: NAL unit type " + type);
        }
        var bits = new BitReader(NalUnits.unescape(unit));
        bits.skip(8);
        return read(bits);
    }

    private static H264Sps read(BitReader bits) throws MalformedBitstreamException {
        int profile = bits.readInt(8);
        int constraints = bits.readInt(8);
        int level = bits.readInt(8);
        int id = bits.readUnsigned(31, "seq_parameter_set_id");
        int chroma = 1;
        int depthLuma = 8;
        int depthChroma = 8;
        boolean separatePlanes = false;
        if (hasChromaFormat(profile)) {
            chroma = bits.readUnsigned(3, "chroma_format_idc");
            separatePlanes = chroma == 3 && bits.readFlag();
            depthLuma = 8 + bits.readUnsigned(6, "bit_depth_luma_minus8");
            depthChroma = 8 + bits.readUnsigned(6, "bit_depth_chroma_minus8");
            bits.skip(1); // qpprime_y_zero_transform_bypass_flag
            if (bits.readFlag()) {
                skipScalingLists(bits, chroma == 3 ? 12 : 8);
            }
        }
        bits.readUnsigned(12, "log2_max_frame_num_minus4");
        int orderType = skipPictureOrderCount(bits);
        int references = bits.readUnsigned(16, "max_num_ref_frames");
        bits.skip(1); // gaps_in_frame_num_value_allowed_flag
        int widthMb = 1 + bits.readUnsigned(MAX_MACROBLOCKS_PER_SIDE, "pic_width_in_mbs_minus1");
        int heightUnits =
                1 + bits.readUnsigned(MAX_MACROBLOCKS_PER_SIDE, "pic_height_in_map_units_minus1");
        boolean framesOnly = bits.readFlag();
        if (!framesOnly) {
            bits.skip(1); // mb_adaptive_frame_field_flag
        }
        bits.skip(1); // direct_8x8_inference_flag
        int arrayType = separatePlanes ? 0 : chroma;
        int cropX = arrayType == 1 || arrayType == 2 ? 2 : 1;
        int cropY = (arrayType == 1 ? 2 : 1) * (framesOnly ? 1 : 2);
        long width = widthMb * 16L;
        long height = heightUnits * 16L * (framesOnly ? 1 : 2);
        if (bits.readFlag()) {
            width -= cropX * (bits.readUnsigned() + bits.readUnsigned());
            height -= cropY * (bits.readUnsigned() + bits.readUnsigned());
        }
        if (width <= 0 || height <= 0) {
            throw new MalformedBitstreamException(
                    "cropped to nothing: %dx%d".formatted(width, height));
        }
        Usability vui = bits.readFlag() ? Usability.read(bits) : Usability.NONE;
        return new H264Sps(
                profile,
                constraints,
                level,
                id,
                chroma,
                depthLuma,
                depthChroma,
                orderType,
                references,
                framesOnly,
                (int) width,
                (int) height,
                vui.unitsInTick(),
                vui.timeScale(),
                vui.maxReorderFrames());
    }

    /// Pictures a second; 0 when the stream does not say, or says something absurd.
    public double fps() {
        double fps = unitsInTick == 0 ? 0 : timeScale / (2.0 * unitsInTick);
        return fps > 1000 ? 0 : fps;
    }

    /// How many pictures may precede one in decoding order and follow it in output order; empty
    /// when the parameter set allows B pictures without saying how deep.
    public OptionalInt reorderDepth() {
        boolean baseline = profileIdc == 66;
        boolean intraOnly = hasChromaFormat(profileIdc) && (constraintFlags & 0x10) != 0;
        if (baseline || intraOnly || pictureOrderCountType == 2 || maxReferenceFrames == 0) {
            return OptionalInt.of(0);
        }
        return maxReorderFrames;
    }

    /// `PPCCLL` of the codec string `avc1.PPCCLL` (RFC 6381 §3.3).
    public String codecString() {
        return "%02X%02X%02X".formatted(profileIdc, constraintFlags, levelIdc);
    }

    /// Whether the profile's parameter sets carry chroma format and bit depths; `avcC` has them
    /// then, too.
    public static boolean hasChromaFormat(int profileIdc) {
        return switch (profileIdc) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static void skipScalingLists(BitReader bits, int lists)
            throws MalformedBitstreamException {
        for (int list = 0; list < lists; list++) {
            if (!bits.readFlag()) {
                continue;
            }
            int size = list < 6 ? 16 : 64;
            int last = 8;
            int next = 8;
            for (int i = 0; i < size; i++) {
                if (next != 0) {
                    next = (int) (last + bits.readSigned()) & 0xff;
                }
                last = next == 0 ? last : next;
            }
        }
    }

    private static int skipPictureOrderCount(BitReader bits) throws MalformedBitstreamException {
        int type = bits.readUnsigned(2, "pic_order_cnt_type");
        if (type == 0) {
            bits.readUnsigned(12, "log2_max_pic_order_cnt_lsb_minus4");
        } else if (type == 1) {
            bits.skip(1); // delta_pic_order_always_zero_flag
            bits.readSigned();
            bits.readSigned();
            int cycle = bits.readUnsigned(255, "num_ref_frames_in_pic_order_cnt_cycle");
            for (int i = 0; i < cycle; i++) {
                bits.readSigned();
            }
        }
        return type;
    }

    /// Video usability information (Annex E). Cameras cut it short or fill it with nonsense; the
    /// picture is known before it, so whatever is missing counts as not said.
    private record Usability(long unitsInTick, long timeScale, OptionalInt maxReorderFrames) {
        static final Usability NONE = new Usability(0, 0, OptionalInt.empty());

        static Usability read(BitReader bits) {
            long unitsInTick = 0;
            long timeScale = 0;
            try {
                skipAppearance(bits);
                if (bits.readFlag()) {
                    unitsInTick = bits.readBits(32);
                    timeScale = bits.readBits(32);
                    bits.skip(1); // fixed_frame_rate_flag
                }
                boolean nal = skipHypotheticalDecoder(bits);
                boolean vcl = skipHypotheticalDecoder(bits);
                if (nal || vcl) {
                    bits.skip(1); // low_delay_hrd_flag
                }
                bits.skip(1); // pic_struct_present_flag
                return new Usability(unitsInTick, timeScale, readReorderFrames(bits));
            } catch (MalformedBitstreamException _) {
                return new Usability(unitsInTick, timeScale, OptionalInt.empty());
            }
        }

        private static void skipAppearance(BitReader bits) throws MalformedBitstreamException {
            if (bits.readFlag() && bits.readInt(8) == EXTENDED_SAR) {
                bits.skip(32);
            }
            if (bits.readFlag()) {
                bits.skip(1); // overscan_appropriate_flag
            }
            if (bits.readFlag()) {
                bits.skip(4); // video_format, video_full_range_flag
                if (bits.readFlag()) {
                    bits.skip(24);
                }
            }
            if (bits.readFlag()) {
                bits.readUnsigned();
                bits.readUnsigned();
            }
        }

        private static boolean skipHypotheticalDecoder(BitReader bits)
                throws MalformedBitstreamException {
            if (!bits.readFlag()) {
                return false;
            }
            int count = 1 + bits.readUnsigned(31, "cpb_cnt_minus1");
            bits.skip(8);
            for (int i = 0; i < count; i++) {
                bits.readUnsigned();
                bits.readUnsigned();
                bits.skip(1);
            }
            bits.skip(20);
            return true;
        }

        private static OptionalInt readReorderFrames(BitReader bits)
                throws MalformedBitstreamException {
            if (!bits.readFlag()) {
                return OptionalInt.empty();
            }
            bits.skip(1); // motion_vectors_over_pic_boundaries_flag
            for (int i = 0; i < 4; i++) {
                bits.readUnsigned();
            }
            return OptionalInt.of(bits.readUnsigned(16, "max_num_reorder_frames"));
        }
    }
}
