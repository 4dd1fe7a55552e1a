package id.pantau.media.mp4;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import java.nio.ByteBuffer;

/// How long audio frames are, in samples of the media track: read from the frames themselves, so
/// that their times do not depend on the rounding of a 90 kHz clock.
final class AudioSamples {
    private static final int[] AAC_RATES = {
        96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350
    };

    private final AudioFormat format;
    private final int aacFrame;

    AudioSamples(AudioFormat format) {
        this.format = format;
        aacFrame = aacFrame(format);
    }

    /// @return at least 1
    int count(ByteBuffer payload) {
        int samples =
                switch (format.codec()) {
                    case AAC -> aacFrame;
                    case PCMU, PCMA -> payload.remaining() / Math.max(1, format.channels());
                    case OPUS -> opus(payload);
                    case FLAC -> flac(payload);
                    case H264, H265 -> 0;
                };
        return Math.max(1, samples);
    }

    /// 1024 or 960 samples of the core coder (ISO/IEC 14496-3 §4.5.2.1.1), scaled when the media
    /// track runs at the rate of spectral band replication.
    private static int aacFrame(AudioFormat format) {
        Bytes config = format.config();
        if (config.size() < 2) {
            return 1024;
        }
        int bits = config.at(0) << 8 | config.at(1);
        int rateIndex = bits >> 7 & 0xf;
        if (bits >> 11 == 31 || rateIndex >= AAC_RATES.length) {
            return 1024;
        }
        int frame = (bits & 4) != 0 && bits >> 11 == 2 ? 960 : 1024;
        int rate = AAC_RATES[rateIndex];
        return format.sampleRateHz() == 2 * rate ? 2 * frame : frame;
    }

    /// RFC 6716 §3.1: frame length by configuration, count by code; at 48 kHz.
    private static int opus(ByteBuffer packet) {
        if (!packet.hasRemaining()) {
            return 0;
        }
        int at = packet.position();
        int toc = packet.get(at) & 0xff;
        int config = toc >> 3;
        int frame;
        if (config < 12) {
            frame = (config & 3) == 3 ? 2880 : 480 << (config & 3);
        } else if (config < 16) {
            frame = 480 << (config & 1);
        } else {
            frame = 120 << (config & 3);
        }
        int frames =
                switch (toc & 3) {
                    case 0 -> 1;
                    case 1, 2 -> 2;
                    default -> packet.remaining() > 1 ? packet.get(at + 1) & 0x3f : 1;
                };
        return Math.min(5760, frame * frames);
    }

    /// RFC 9639 §9.1.1: the block size in a frame header.
    private static int flac(ByteBuffer frame) {
        int at = frame.position();
        if (frame.remaining() < 6) {
            return 0;
        }
        int code = frame.get(at + 2) >> 4 & 0xf;
        if (code == 6 || code == 7) {
            int number = at + 4 + codedNumberLength(frame.get(at + 4) & 0xff);
            if (number + 2 > frame.limit()) {
                return 0;
            }
            int high = frame.get(number) & 0xff;
            return code == 6 ? high + 1 : (high << 8 | frame.get(number + 1) & 0xff) + 1;
        }
        if (code == 1) {
            return 192;
        }
        return code == 0 ? 0 : code < 6 ? 144 << code : 1 << code;
    }

    private static int codedNumberLength(int first) {
        return first < 0x80 ? 1 : Integer.numberOfLeadingZeros(~(first << 24));
    }
}
