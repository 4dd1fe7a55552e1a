package id.pantau.media.codec;

import java.nio.ByteBuffer;

/// The ids of an H.264 picture parameter set (ITU-T H.264 §7.3.2.2).
///
/// @param id `pic_parameter_set_id`, 0..255
/// @param spsId the SPS it refers to, 0..31
public record H264Pps(int id, int spsId) {
    /// @param unit a NAL unit of type 8 with its header, without start code
    public static H264Pps parse(ByteBuffer unit) throws MalformedBitstreamException {
        var bits = new BitReader(NalUnits.unescape(unit));
        if (H264Nal.type(bits.readInt(8)) != H264Nal.PPS) {
            throw new MalformedBitstreamException("not a PPS");
        }
        int id = bits.readUnsigned(255, "pic_parameter_set_id");
        return new H264Pps(id, bits.readUnsigned(31, "seq_parameter_set_id"));
    }
}
