package id.pantau.media.codec;

import java.util.Locale;

/// What an H.265 decoder must be able to do (ITU-T H.265 §7.3.3), in the shape `hvcC` (ISO/IEC
/// 14496-15 §8.3.3.1.2) and codec strings (Annex E there) want it.
///
/// @param profileSpace 0..3
/// @param highTier the High tier instead of Main
/// @param profileIdc 0..31
/// @param compatibilityFlags `general_profile_compatibility_flag[0]` is the most significant of 32
///   bits
/// @param constraintFlags the 48 bits from `general_progressive_source_flag` on
/// @param levelIdc thirty times the level
public record H265ProfileTierLevel(
        int profileSpace,
        boolean highTier,
        int profileIdc,
        int compatibilityFlags,
        long constraintFlags,
        int levelIdc) {

    /// @param bits at `profile_tier_level()` with `profilePresentFlag` 1; left behind it
    /// @param maxSubLayersMinus1 0..6
    static H265ProfileTierLevel read(BitReader bits, int maxSubLayersMinus1)
            throws MalformedBitstreamException {
        var general =
                new H265ProfileTierLevel(
                        bits.readInt(2),
                        bits.readFlag(),
                        bits.readInt(5),
                        (int) bits.readBits(32),
                        bits.readBits(32) << 16 | bits.readBits(16),
                        bits.readInt(8));
        int present = maxSubLayersMinus1 == 0 ? 0 : bits.readInt(16);
        for (int layer = 0; layer < maxSubLayersMinus1; layer++) {
            int flags = present >> (14 - 2 * layer);
            bits.skip(((flags & 2) != 0 ? 88 : 0) + ((flags & 1) != 0 ? 8 : 0));
        }
        return general;
    }

    /// What follows `hvc1.` in a codec string: `1.6.L93.B0`.
    public String codecString() {
        var text = new StringBuilder();
        if (profileSpace > 0) {
            text.append((char) ('A' + profileSpace - 1));
        }
        text.append(profileIdc)
                .append('.')
                .append(
                        Integer.toHexString(Integer.reverse(compatibilityFlags))
                                .toUpperCase(Locale.ROOT))
                .append('.')
                .append(highTier ? 'H' : 'L')
                .append(levelIdc);
        long left = constraintFlags;
        for (int i = 0; i < 6 && left != 0; i++) {
            text.append('.').append("%X".formatted(left >> 40 & 0xff));
            left = left << 8 & 0xffff_ffff_ffffL;
        }
        return text.toString();
    }
}
