package id.pantau.media.webrtc;

import id.pantau.media.Bytes;
import java.util.Optional;
import java.util.regex.Pattern;

/// The profile in a `profile-level-id` (RFC 6184 §8.1), in ascending order of what a decoder must
/// know.
enum H264Profile {
    CONSTRAINED_BASELINE,
    BASELINE,
    MAIN,
    CONSTRAINED_HIGH,
    HIGH,
    /// High 10, 4:2:2, 4:4:4 and what else there is.
    OTHER;

    private static final Pattern SIX_DIGITS = Pattern.compile("[0-9A-Fa-f]{6}");

    /// RFC 6184: what is meant when nothing is said.
    private static final String DEFAULT = "420010";

    static Optional<H264Profile> ofFmtp(String profileLevelId) {
        String text = profileLevelId.isEmpty() ? DEFAULT : profileLevelId;
        if (!SIX_DIGITS.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(of(Integer.parseInt(text, 0, 2, 16), Integer.parseInt(text, 2, 4, 16)));
    }

    /// @param sps NAL unit with its header
    static H264Profile ofSps(Bytes sps) {
        return sps.size() < 4 ? OTHER : of(sps.at(1), sps.at(2));
    }

    /// RFC 6184 table 5.
    private static H264Profile of(int idc, int constraints) {
        boolean set1 = (constraints & 0x40) != 0;
        return switch (idc) {
            case 0x42 -> set1 ? CONSTRAINED_BASELINE : BASELINE;
            case 0x4d -> (constraints & 0x80) != 0 ? CONSTRAINED_BASELINE : MAIN;
            case 0x58 -> (constraints & 0xc0) == 0xc0 ? CONSTRAINED_BASELINE : OTHER;
            case 0x64 -> (constraints & 0x0c) == 0x0c ? CONSTRAINED_HIGH : HIGH;
            default -> OTHER;
        };
    }
}
