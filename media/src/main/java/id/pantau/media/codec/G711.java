package id.pantau.media.codec;

import id.pantau.media.Codec;

/// G.711 (ITU-T G.711) to 16-bit PCM and back. The 14 bits of µ-law and the 13 bits of A-law stand
/// at the top, so the lowest 2 and 3 bits are zero.
public final class G711 {
    private static final short[] MU_LAW = new short[256];
    private static final short[] A_LAW = new short[256];
    private static final int MU_LAW_BIAS = 0x84;

    /// With the bias it still fits 15 bits.
    private static final int MU_LAW_LOUDEST = 32_635;

    static {
        for (int code = 0; code < 256; code++) {
            MU_LAW[code] = (short) muLaw(~code & 0xff);
            A_LAW[code] = (short) aLaw(code ^ 0x55);
        }
    }

    private G711() {}

    /// @param codec PCMU or PCMA
    /// @param code one byte of the stream; only the lowest 8 bits count
    /// @return -32768..32767
    public static int decode(Codec codec, int code) {
        return (codec == Codec.PCMA ? A_LAW : MU_LAW)[code & 0xff];
    }

    /// The code whose value is nearest to the sample, as both laws define it.
    ///
    /// @param codec PCMU or PCMA
    /// @param sample -32768..32767
    /// @return 0..255
    public static int encode(Codec codec, int sample) {
        return codec == Codec.PCMA ? encodeALaw(sample) : encodeMuLaw(sample);
    }

    private static int encodeMuLaw(int sample) {
        int magnitude = Math.min(Math.abs(sample), MU_LAW_LOUDEST) + MU_LAW_BIAS;
        int sign = sample < 0 ? 0x80 : 0;
        return ~(sign | segmentAndStep(magnitude)) & 0xff;
    }

    private static int encodeALaw(int sample) {
        int magnitude = sample < 0 ? -sample - 1 : sample;
        int sign = sample < 0 ? 0 : 0x80;
        int code = magnitude < 0x100 ? magnitude >> 4 : segmentAndStep(magnitude);
        return (sign | code) ^ 0x55;
    }

    /// @param magnitude 0x80..0x7fff
    private static int segmentAndStep(int magnitude) {
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        return segment << 4 | magnitude >> segment + 3 & 0xf;
    }

    private static int muLaw(int code) {
        int magnitude = ((code & 0xf) << 3) + MU_LAW_BIAS << (code >> 4 & 7);
        return (code & 0x80) != 0 ? MU_LAW_BIAS - magnitude : magnitude - MU_LAW_BIAS;
    }

    private static int aLaw(int code) {
        int segment = code >> 4 & 7;
        int magnitude = ((code & 0xf) << 4) + (segment == 0 ? 0x008 : 0x108);
        if (segment > 1) {
            magnitude <<= segment - 1;
        }
        return (code & 0x80) != 0 ? magnitude : -magnitude;
    }
}
