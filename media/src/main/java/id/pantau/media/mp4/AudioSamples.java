package id.pantau.media.mp4;

import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.codec.AacConfig;
import id.pantau.media.codec.MalformedBitstreamException;
import id.pantau.media.codec.OpusPacket;
import java.nio.ByteBuffer;

/// How long audio frames are, in samples of the media track: read from the frames themselves, so
/// that their times do not depend on the rounding of a 90 kHz clock.
final class AudioSamples {
    private final AudioFormat format;
    private final int aacFrame;

    AudioSamples(AudioFormat format) {
        this.format = format;
        aacFrame = format.codec() == Codec.AAC ? aacFrame(format) : 0;
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

    /// Scaled when the media track runs at the rate of spectral band replication.
    private static int aacFrame(AudioFormat format) {
        try {
            AacConfig config = AacConfig.parse(format.config().buffer());
            boolean twice = format.sampleRateHz() == 2 * config.sampleRateHz();
            return twice ? 2 * config.samplesPerFrame() : config.samplesPerFrame();
        } catch (MalformedBitstreamException _) {
            return 1024;
        }
    }

    private static int opus(ByteBuffer packet) {
        try {
            return OpusPacket.samples(packet);
        } catch (MalformedBitstreamException _) {
            return 0;
        }
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
