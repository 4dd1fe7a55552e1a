package id.pantau.media.codec;

/// NAL unit types of H.265 (ITU-T H.265 table 7-1) as far as they matter here.
public final class H265Nal {
    public static final int RASL_N = 8;
    public static final int RASL_R = 9;
    public static final int BLA_W_LP = 16;
    public static final int BLA_N_LP = 18;
    public static final int IDR_W_RADL = 19;
    public static final int IDR_N_LP = 20;
    public static final int CRA = 21;
    public static final int VPS = 32;
    public static final int SPS = 33;
    public static final int PPS = 34;
    public static final int ACCESS_UNIT_DELIMITER = 35;
    public static final int FILLER = 38;
    public static final int PREFIX_SEI = 39;
    public static final int SUFFIX_SEI = 40;

    private H265Nal() {}

    /// @param firstByte of the two of the NAL header
    public static int type(int firstByte) {
        return firstByte >> 1 & 0x3f;
    }

    /// Whether it carries a slice segment.
    public static boolean isSlice(int type) {
        return type < VPS;
    }

    /// Whether it belongs to a picture at which decoding can begin (IRAP).
    public static boolean isRandomAccess(int type) {
        return type >= BLA_W_LP && type <= 23;
    }

    /// Whether the picture cannot be decoded when decoding began at the IRAP picture before it.
    public static boolean isSkippedLeading(int type) {
        return type == RASL_N || type == RASL_R;
    }
}
