package id.pantau.media.rtp;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.VideoFormat;
import id.pantau.media.codec.MalformedBitstreamException;
import id.pantau.media.codec.VideoParameters;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// Writes parameter sets for tests.
public final class MadeParameterSets {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int octet;
    private int count;

    private MadeParameterSets() {}

    /// @param reorderFrames `max_num_reorder_frames`; -1 leaves the bitstream restriction out
    public static VideoFormat h264(
            int profileIdc, int widthPx, int heightPx, int orderType, int reorderFrames) {
        Bytes sps = h264Sps(0, profileIdc, widthPx, heightPx, orderType, reorderFrames);
        return format(Codec.H264, List.of(), sps, h264Pps(0, 0));
    }

    public static Bytes h264Sps(
            int id, int profileIdc, int widthPx, int heightPx, int orderType, int reorderFrames) {
        var bits =
                new MadeParameterSets().put(0x67, 8).put(profileIdc, 8).put(0, 8).put(30, 8).ue(id);
        if (profileIdc == 100) {
            bits.ue(1).ue(0).ue(0).put(0, 2);
        }
        bits.ue(0).ue(orderType);
        if (orderType == 0) {
            bits.ue(4);
        }
        bits.ue(4).put(0, 1).ue(widthPx / 16 - 1).ue(heightPx / 16 - 1).put(0b110, 3);
        bits.put(1, 1).put(0, 4); // VUI without SAR, overscan, video signal, chroma location
        bits.put(1, 1).put(1, 32).put(50, 32).put(1, 1); // 25 fps
        bits.put(0, 3);
        if (reorderFrames >= 0) {
            bits.put(1, 1).put(1, 1).ue(0).ue(0).ue(10).ue(10).ue(reorderFrames).ue(4);
        } else {
            bits.put(0, 1);
        }
        return bits.finish();
    }

    public static Bytes h264Pps(int id, int spsId) {
        return new MadeParameterSets().put(0x68, 8).ue(id).ue(spsId).put(0b1100_1011, 8).finish();
    }

    public static VideoFormat h265(int widthPx, int heightPx, int reorderPictures) {
        var vps = new MadeParameterSets().put(0x4001, 16).put(0, 4).put(3, 2).put(0, 6).put(0, 3);
        vps.put(1, 1).put(0xffff, 16).profile().put(1, 1).ue(4).ue(reorderPictures).ue(0);
        vps.put(0, 6).ue(0).put(0, 2);
        var sps = new MadeParameterSets().put(0x4201, 16).put(0, 4).put(0, 3).put(1, 1).profile();
        sps.ue(0).ue(1).ue(widthPx).ue(heightPx).put(0, 1).ue(0).ue(0).ue(4).put(1, 1);
        sps.ue(4).ue(reorderPictures).ue(0).ue(0).ue(3).ue(0).ue(3).ue(0).ue(0);
        sps.put(0, 4).ue(0).put(0, 3).put(0, 1).put(0, 1);
        var pps = new MadeParameterSets().put(0x4401, 16).ue(0).ue(0).put(0, 8);
        return format(Codec.H265, List.of(vps.finish()), sps.finish(), pps.finish());
    }

    private static VideoFormat format(Codec codec, List<Bytes> vps, Bytes sps, Bytes pps) {
        try {
            return VideoParameters.format(codec, vps, List.of(sps), List.of(pps));
        } catch (MalformedBitstreamException broken) {
            throw new AssertionError(broken);
        }
    }

    private MadeParameterSets profile() {
        return put(0, 2)
                .put(0, 1)
                .put(1, 5)
                .put(0x6000_0000, 32)
                .put(0x9000_0000, 32)
                .put(0, 16)
                .put(93, 8);
    }

    private MadeParameterSets ue(int value) {
        int bits = 32 - Integer.numberOfLeadingZeros(value + 1);
        return put(0, bits - 1).put(value + 1, bits);
    }

    private MadeParameterSets put(int value, int bits) {
        for (int i = bits - 1; i >= 0; i--) {
            octet = octet << 1 | value >>> i & 1;
            if (++count % 8 == 0) {
                out.write(octet);
                octet = 0;
            }
        }
        return this;
    }

    private Bytes finish() {
        put(1, 1);
        while (count % 8 != 0) {
            put(0, 1);
        }
        var escaped = new ByteArrayOutputStream();
        int zeros = 0;
        for (byte plain : out.toByteArray()) {
            if (zeros >= 2 && plain >= 0 && plain <= 3) {
                escaped.write(3);
                zeros = 0;
            }
            zeros = plain == 0 ? zeros + 1 : 0;
            escaped.write(plain);
        }
        return Bytes.of(escaped.toByteArray());
    }
}
