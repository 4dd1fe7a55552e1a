package id.pantau.media.codec;

import java.nio.ByteBuffer;

/// The head of an H.265 picture parameter set (ITU-T H.265 §7.3.2.3).
///
/// @param id `pps_pic_parameter_set_id`, 0..63
/// @param spsId the SPS it refers to, 0..15
/// @param extraSliceHeaderBits `num_extra_slice_header_bits`, 0..7
public record H265Pps(
        int id,
        int spsId,
        boolean dependentSlicesEnabled,
        boolean outputFlagPresent,
        int extraSliceHeaderBits) {
    /// @param unit a NAL unit of type 34 with its header, without start code
    public static H265Pps parse(ByteBuffer unit) throws MalformedBitstreamException {
        var bits = new BitReader(NalUnits.unescape(unit));
        if (H265Nal.type(bits.readInt(16) >> 8) != H265Nal.PPS) {
            throw new MalformedBitstreamException("not a PPS");
        }
        return new H265Pps(
                bits.readUnsigned(63, "pps_pic_parameter_set_id"),
                bits.readUnsigned(15, "pps_seq_parameter_set_id"),
                bits.readFlag(),
                bits.readFlag(),
                bits.readInt(3));
    }
}
