package id.pantau.media.mp4;

import id.pantau.media.Codec;

/// NAL unit types that matter to a file (ITU-T H.264 table 7-1, H.265 table 7-1).
final class Nal {
    static final int H264_SPS = 7;
    static final int H264_PPS = 8;
    static final int H264_AUD = 9;
    static final int H265_VPS = 32;
    static final int H265_SPS = 33;
    static final int H265_PPS = 34;
    static final int H265_AUD = 35;

    private Nal() {}

    /// @param firstByte of the NAL unit header
    static int type(Codec codec, int firstByte) {
        return codec == Codec.H265 ? firstByte >> 1 & 0x3f : firstByte & 0x1f;
    }

    /// Whether it is a parameter set or a delimiter: never part of an access unit's payload here.
    static boolean outOfBand(Codec codec, int type) {
        return codec == Codec.H265
                ? type >= H265_VPS && type <= H265_AUD
                : type >= H264_SPS && type <= H264_AUD;
    }
}
