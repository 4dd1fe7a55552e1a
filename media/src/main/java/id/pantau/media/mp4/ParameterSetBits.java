package id.pantau.media.mp4;

import id.pantau.media.Bytes;

/// The bits of a parameter set behind its NAL unit header, emulation prevention taken out (ITU-T
/// H.264 §7.3.1, H.265 §7.3.1.1). Reading past the end gives zeros: these bits only describe.
final class ParameterSetBits {
    private final byte[] rbsp;
    private final int bits;
    private int position;

    /// @param headerBytes of the NAL unit header: 1 for H.264, 2 for H.265
    ParameterSetBits(Bytes nalUnit, int headerBytes) {
        rbsp = new byte[Math.max(0, nalUnit.size() - headerBytes)];
        int length = 0;
        int zeros = 0;
        for (int i = headerBytes; i < nalUnit.size(); i++) {
            int value = nalUnit.at(i);
            if (zeros >= 2 && value == 3) {
                zeros = 0;
                continue;
            }
            zeros = value == 0 ? zeros + 1 : 0;
            rbsp[length++] = (byte) value;
        }
        bits = length * 8;
    }

    /// @param count 0..32
    long read(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    void skip(int count) {
        position += count;
    }

    /// `ue(v)`.
    int unsignedExpGolomb() {
        int zeros = 0;
        while (bit() == 0) {
            if (++zeros > 31 || position >= bits) {
                return 0;
            }
        }
        return (int) ((1L << zeros) - 1 + read(zeros));
    }

    private int bit() {
        int at = position++;
        return at < bits ? rbsp[at >> 3] >> (7 - (at & 7)) & 1 : 0;
    }
}
