package id.pantau.media.codec;

import java.nio.ByteBuffer;

/// A sequence parameter set of H.265 (ITU-T H.265 §7.3.2.2 and Annex E), as far as a recorder needs
/// it.
///
/// @param id `sps_seq_parameter_set_id`, 0..15
/// @param maxSubLayers 1..7
/// @param chromaFormatIdc 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
/// @param widthPx of the picture inside the conformance window
/// @param heightPx of the picture inside the conformance window
/// @param reorderDepth `sps_max_num_reorder_pics` of the highest sub-layer
/// @param minSpatialSegmentation `min_spatial_segmentation_idc`, 0..4095; 0 when not said
/// @param unitsInTick 0 without timing information
/// @param timeScale 0 without timing information
public record H265Sps(
        int id,
        int maxSubLayers,
        boolean temporalIdNesting,
        H265ProfileTierLevel profileTierLevel,
        int chromaFormatIdc,
        int bitDepthLuma,
        int bitDepthChroma,
        int widthPx,
        int heightPx,
        int reorderDepth,
        int minSpatialSegmentation,
        long unitsInTick,
        long timeScale) {
    private static final int MAX_SIDE = 16_888; // level 6.2 (A.4.1)
    private static final int EXTENDED_SAR = 255;

    /// @param unit a NAL unit of type 33 with its header, without start code
    public static H265Sps parse(ByteBuffer unit) throws MalformedBitstreamException {
        var bits = new BitReader(NalUnits.unescape(unit));
        int header = bits.readInt(16);
        if (H265Nal.type(header >> 8) != H265Nal.SPS) {
            throw new MalformedBitstreamException("not an SPS");
        }
        if ((header >> 3 & 0x3f) != 0) {
            throw new MalformedBitstreamException("an SPS of another layer than the base layer");
        }
        bits.skip(4); // sps_video_parameter_set_id
        int subLayersMinus1 = bits.readInt(3);
        if (subLayersMinus1 > 6) {
            throw new MalformedBitstreamException("sps_max_sub_layers_minus1 is 7");
        }
        boolean nesting = bits.readFlag();
        var capabilities = H265ProfileTierLevel.read(bits, subLayersMinus1);
        int id = bits.readUnsigned(15, "sps_seq_parameter_set_id");
        int chroma = bits.readUnsigned(3, "chroma_format_idc");
        boolean separatePlanes = chroma == 3 && bits.readFlag();
        long width = bits.readUnsigned(MAX_SIDE, "pic_width_in_luma_samples");
        long height = bits.readUnsigned(MAX_SIDE, "pic_height_in_luma_samples");
        if (bits.readFlag()) {
            int unitX = !separatePlanes && (chroma == 1 || chroma == 2) ? 2 : 1;
            int unitY = !separatePlanes && chroma == 1 ? 2 : 1;
            width -= unitX * (bits.readUnsigned() + bits.readUnsigned());
            height -= unitY * (bits.readUnsigned() + bits.readUnsigned());
        }
        if (width <= 0 || height <= 0) {
            throw new MalformedBitstreamException("no picture: %dx%d".formatted(width, height));
        }
        int depthLuma = 8 + bits.readUnsigned(8, "bit_depth_luma_minus8");
        int depthChroma = 8 + bits.readUnsigned(8, "bit_depth_chroma_minus8");
        int orderBits = 4 + bits.readUnsigned(12, "log2_max_pic_order_cnt_lsb_minus4");
        boolean everyLayer = bits.readFlag();
        int reorder = 0;
        for (int i = everyLayer ? 0 : subLayersMinus1; i <= subLayersMinus1; i++) {
            bits.readUnsigned(16, "sps_max_dec_pic_buffering_minus1");
            reorder = bits.readUnsigned(16, "sps_max_num_reorder_pics");
            bits.readUnsigned();
        }
        Usability vui = Usability.readAfterTools(bits, orderBits);
        return new H265Sps(
                id,
                subLayersMinus1 + 1,
                nesting,
                capabilities,
                chroma,
                depthLuma,
                depthChroma,
                (int) width,
                (int) height,
                reorder,
                vui.minSpatialSegmentation(),
                vui.unitsInTick(),
                vui.timeScale());
    }

    /// Pictures a second; 0 when the stream does not say, or says something absurd.
    public double fps() {
        double fps = unitsInTick == 0 ? 0 : (double) timeScale / unitsInTick;
        return fps > 1000 ? 0 : fps;
    }

    /// Video usability information. Cameras cut it short or fill it with nonsense; the picture is
    /// known before it, so whatever is missing counts as not said.
    private record Usability(long unitsInTick, long timeScale, int minSpatialSegmentation) {
        static Usability readAfterTools(BitReader bits, int orderBits) {
            long[] timing = {0, 0};
            try {
                skipCodingTools(bits, orderBits);
                int segmentation = bits.readFlag() ? read(bits, timing) : 0;
                return new Usability(timing[0], timing[1], segmentation);
            } catch (MalformedBitstreamException _) {
                return new Usability(timing[0], timing[1], 0);
            }
        }

        private static void skipCodingTools(BitReader bits, int orderBits)
                throws MalformedBitstreamException {
            for (int i = 0; i < 6; i++) {
                bits.readUnsigned(); // block sizes and hierarchy depths
            }
            boolean scalingLists = bits.readFlag();
            if (scalingLists && bits.readFlag()) {
                skipScalingLists(bits);
            }
            bits.skip(2); // amp_enabled_flag, sample_adaptive_offset_enabled_flag
            if (bits.readFlag()) {
                bits.skip(8); // PCM bit depths
                bits.readUnsigned();
                bits.readUnsigned();
                bits.skip(1);
            }
            skipReferencePictureSets(bits);
            if (bits.readFlag()) {
                int longTerm = bits.readUnsigned(32, "num_long_term_ref_pics_sps");
                bits.skip(longTerm * (orderBits + 1));
            }
            bits.skip(2); // sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag
        }

        private static void skipScalingLists(BitReader bits) throws MalformedBitstreamException {
            for (int size = 0; size < 4; size++) {
                for (int matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1) {
                    if (!bits.readFlag()) {
                        bits.readUnsigned();
                        continue;
                    }
                    int coefficients = Math.min(64, 1 << (4 + (size << 1)));
                    if (size > 1) {
                        bits.readSigned();
                    }
                    for (int i = 0; i < coefficients; i++) {
                        bits.readSigned();
                    }
                }
            }
        }

        private static void skipReferencePictureSets(BitReader bits)
                throws MalformedBitstreamException {
            int sets = bits.readUnsigned(64, "num_short_term_ref_pic_sets");
            int pictures = 0; // NumDeltaPocs of the set before
            for (int set = 0; set < sets; set++) {
                if (set > 0 && bits.readFlag()) {
                    bits.skip(1);
                    bits.readUnsigned();
                    int kept = 0;
                    for (int i = 0; i <= pictures; i++) {
                        boolean used = bits.readFlag();
                        if (used || bits.readFlag()) {
                            kept++;
                        }
                    }
                    pictures = kept;
                } else {
                    int before = bits.readUnsigned(16, "num_negative_pics");
                    int after = bits.readUnsigned(16, "num_positive_pics");
                    pictures = before + after;
                    for (int i = 0; i < pictures; i++) {
                        bits.readUnsigned();
                        bits.skip(1);
                    }
                }
            }
        }

        /// @param timing set to units in tick and time scale when present
        /// @return `min_spatial_segmentation_idc`
        private static int read(BitReader bits, long[] timing) throws MalformedBitstreamException {
            if (bits.readFlag() && bits.readInt(8) == EXTENDED_SAR) {
                bits.skip(32);
            }
            if (bits.readFlag()) {
                bits.skip(1);
            }
            if (bits.readFlag()) {
                bits.skip(4);
                if (bits.readFlag()) {
                    bits.skip(24);
                }
            }
            if (bits.readFlag()) {
                bits.readUnsigned();
                bits.readUnsigned();
            }
            bits.skip(3); // neutral_chroma_indication_flag, field_seq_flag, frame_field_info
            if (bits.readFlag()) {
                for (int i = 0; i < 4; i++) {
                    bits.readUnsigned(); // default display window
                }
            }
            if (bits.readFlag()) {
                timing[0] = bits.readBits(32);
                timing[1] = bits.readBits(32);
                if (bits.readFlag()) {
                    bits.readUnsigned();
                }
                if (bits.readFlag()) {
                    return 0; // hrd_parameters(): nothing behind them is worth reading them
                }
            }
            if (!bits.readFlag()) {
                return 0;
            }
            bits.skip(3);
            return bits.readUnsigned(4095, "min_spatial_segmentation_idc");
        }
    }
}
