package id.pantau.media.codec;

import id.pantau.media.Bytes;
import java.nio.ByteBuffer;

/// AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1).
///
/// @param objectType of the core codec: 2 is AAC LC, 39 AAC ELD; never 5 or 29, see `extension`
/// @param sampleRateHz of the core codec
/// @param channelConfiguration 0 (see the program config element) to 15
/// @param channels 1..64; of the core codec: HE-AAC v2 says 1 and plays 2
/// @param extension SBR or PS signalled explicitly
/// @param extensionSampleRateHz what comes out of SBR; 0 without
/// @param samplesPerFrame at the core's rate: 1024 or 960; 512 or 480 for low delay
public record AacConfig(
        int objectType,
        int sampleRateHz,
        int channelConfiguration,
        int channels,
        Extension extension,
        int extensionSampleRateHz,
        int samplesPerFrame) {
    public enum Extension {
        NONE,
        /// Spectral band replication: HE-AAC.
        SBR,
        /// Parametric stereo: HE-AAC v2.
        PS
    }

    public static final int LC = 2;
    private static final int SBR = 5;
    private static final int PS = 29;
    private static final int ER_LD = 23;
    private static final int ELD = 39;
    private static final int SYNC_EXTENSION = 0x2b7;

    private static final int[] RATES = {
        96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350
    };
    private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 24, 8, 0};

    /// @param config from position to limit; what stands behind the configuration is ignored
    public static AacConfig parse(ByteBuffer config) throws MalformedBitstreamException {
        var bits = new BitReader(config);
        int type = readObjectType(bits);
        int rate = readRate(bits);
        int channelConfiguration = bits.readInt(4);
        var extension = Extension.NONE;
        int extensionRate = 0;
        if (type == SBR || type == PS) {
            extension = type == PS ? Extension.PS : Extension.SBR;
            extensionRate = readRate(bits);
            type = readObjectType(bits);
        }
        int samples = 1024;
        int channels = CHANNELS[channelConfiguration];
        if (isGeneralAudio(type)) {
            boolean shorter = bits.readFlag();
            samples = type == ER_LD ? (shorter ? 480 : 512) : shorter ? 960 : 1024;
            if (bits.readFlag()) {
                bits.skip(14); // coreCoderDelay
            }
            bits.skip(1); // extensionFlag
            if (channelConfiguration == 0) {
                channels = readProgramConfig(bits);
            }
        } else if (type == ELD) {
            samples = bits.readFlag() ? 480 : 512;
        } else {
            throw new MalformedBitstreamException(
                    "audio object type %d is not AAC".formatted(type));
        }
        if (channels == 0) {
            throw new MalformedBitstreamException(
                    "channel configuration " + channelConfiguration + " is reserved");
        }
        if (extension == Extension.NONE && type == LC) {
            int hidden = findImplicitSbr(bits);
            if (hidden > 0) {
                extension = Extension.SBR;
                extensionRate = hidden;
            }
        }
        return new AacConfig(
                type, rate, channelConfiguration, channels, extension, extensionRate, samples);
    }

    /// The configuration of plain AAC LC.
    ///
    /// @param channels 1..6 or 8
    public static Bytes lowComplexity(int sampleRateHz, int channels) {
        int configuration = channels == 8 ? 7 : channels;
        int index = rateIndex(sampleRateHz);
        if (index < RATES.length) {
            int word = LC << 11 | index << 7 | configuration << 3;
            return Bytes.of((byte) (word >> 8), (byte) word);
        }
        long word = (long) LC << 35 | 15L << 31 | (long) sampleRateHz << 7 | configuration << 3;
        return Bytes.of(
                (byte) (word >> 32),
                (byte) (word >> 24),
                (byte) (word >> 16),
                (byte) (word >> 8),
                (byte) word);
    }

    /// @return 0..12, or 15 when the rate has no index and must be written out
    public static int rateIndex(int sampleRateHz) {
        for (int i = 0; i < RATES.length; i++) {
            if (RATES[i] == sampleRateHz) {
                return i;
            }
        }
        return 15;
    }

    /// @param index 0..12
    static int rate(int index) throws MalformedBitstreamException {
        if (index >= RATES.length) {
            throw new MalformedBitstreamException("sampling frequency index " + index);
        }
        return RATES[index];
    }

    /// @param configuration 0..15
    /// @return 0 when reserved or told elsewhere
    static int channelsOf(int configuration) {
        return CHANNELS[configuration];
    }

    /// What follows `mp4a.40.` in a codec string.
    public int codecStringObjectType() {
        return switch (extension) {
            case NONE -> objectType;
            case SBR -> SBR;
            case PS -> PS;
        };
    }

    private static int readObjectType(BitReader bits) throws MalformedBitstreamException {
        int type = bits.readInt(5);
        return type == 31 ? 32 + bits.readInt(6) : type;
    }

    private static int readRate(BitReader bits) throws MalformedBitstreamException {
        int index = bits.readInt(4);
        if (index != 15) {
            return rate(index);
        }
        int rate = bits.readInt(24);
        if (rate == 0) {
            throw new MalformedBitstreamException("a sampling frequency of 0");
        }
        return rate;
    }

    private static boolean isGeneralAudio(int type) {
        return switch (type) {
            case 1, 2, 3, 4, 17, 19, ER_LD -> true;
            default -> false;
        };
    }

    /// `program_config_element()` (ISO/IEC 14496-3 §4.4.1.1), up to its channels.
    private static int readProgramConfig(BitReader bits) throws MalformedBitstreamException {
        bits.skip(4 + 2 + 4);
        int front = bits.readInt(4);
        int side = bits.readInt(4);
        int back = bits.readInt(4);
        int lowFrequency = bits.readInt(2);
        bits.skip(3 + 4);
        for (int mixdown = 0; mixdown < 2; mixdown++) {
            if (bits.readFlag()) {
                bits.skip(4);
            }
        }
        if (bits.readFlag()) {
            bits.skip(3);
        }
        int channels = lowFrequency;
        for (int element = 0; element < front + side + back; element++) {
            channels += bits.readFlag() ? 2 : 1;
            bits.skip(4);
        }
        return channels;
    }

    /// SBR told behind the configuration, where old decoders do not look (§1.6.5.3).
    ///
    /// @return its sampling frequency, or 0
    private static int findImplicitSbr(BitReader bits) {
        try {
            if (bits.remainingBits() < 16
                    || bits.readInt(11) != SYNC_EXTENSION
                    || readObjectType(bits) != SBR
                    || !bits.readFlag()) {
                return 0;
            }
            return readRate(bits);
        } catch (MalformedBitstreamException _) {
            return 0;
        }
    }
}
