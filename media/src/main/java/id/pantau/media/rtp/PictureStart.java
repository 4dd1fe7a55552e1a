package id.pantau.media.rtp;

import id.pantau.media.Codec;
import id.pantau.media.codec.H264Nal;
import id.pantau.media.codec.H265Nal;
import java.nio.ByteBuffer;

/// Looks into single and fragmented NAL units for `first_mb_in_slice` and
/// `first_slice_segment_in_pic_flag`: both begin a picture when the first bit behind the NAL header
/// is set.
final class PictureStart {
    private static final int FU_A = 28;
    private static final int FU_H265 = 49;

    private PictureStart() {}

    /// Whether the packet begins the first slice of a picture.
    static boolean begins(Codec codec, RtpPacket packet) {
        int bit = firstBit(codec, packet);
        return bit == 1;
    }

    /// Whether the packet carries a slice, or a part of one, that is not a picture's beginning.
    static boolean follows(Codec codec, RtpPacket packet) {
        int bit = firstBit(codec, packet);
        return bit == 0;
    }

    /// @return 1 or 0; 0 in the middle of a slice; -1 when there is no slice
    private static int firstBit(Codec codec, RtpPacket packet) {
        return codec == Codec.H265 ? firstBitH265(packet) : firstBitH264(packet);
    }

    private static int firstBitH264(RtpPacket packet) {
        ByteBuffer bytes = packet.buffer();
        int at = packet.payloadAt();
        if (packet.payloadBytes() < 3) {
            return -1;
        }
        int type = H264Nal.type(bytes.get(at));
        if (type == FU_A) {
            int header = bytes.get(at + 1);
            if (!H264Nal.isSlice(H264Nal.type(header))) {
                return -1;
            }
            return header >= 0 ? 0 : bytes.get(at + 2) >>> 7 & 1;
        }
        return H264Nal.isSlice(type) ? bytes.get(at + 1) >>> 7 & 1 : -1;
    }

    private static int firstBitH265(RtpPacket packet) {
        ByteBuffer bytes = packet.buffer();
        int at = packet.payloadAt();
        if (packet.payloadBytes() < 4) {
            return -1;
        }
        int type = H265Nal.type(bytes.get(at) & 0xff);
        if (type == FU_H265) {
            int header = bytes.get(at + 2);
            if (!H265Nal.isSlice(header & 0x3f)) {
                return -1;
            }
            return header >= 0 ? 0 : bytes.get(at + 3) >>> 7 & 1;
        }
        return H265Nal.isSlice(type) ? bytes.get(at + 2) >>> 7 & 1 : -1;
    }
}
