package id.pantau.media.codec;

/// NAL unit types of H.264 (ITU-T H.264 table 7-1) as far as they matter here.
public final class H264Nal {
    public static final int SLICE = 1;
    public static final int IDR_SLICE = 5;
    public static final int SEI = 6;
    public static final int SPS = 7;
    public static final int PPS = 8;
    public static final int ACCESS_UNIT_DELIMITER = 9;
    public static final int FILLER = 12;
    public static final int SPS_EXTENSION = 13;
    public static final int SUBSET_SPS = 15;

    private H264Nal() {}

    /// @param firstByte the NAL header
    public static int type(int firstByte) {
        return firstByte & 0x1f;
    }

    /// Whether it carries a slice, or a partition of one.
    public static boolean isSlice(int type) {
        return type >= SLICE && type <= IDR_SLICE;
    }
}
