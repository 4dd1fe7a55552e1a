package id.pantau.media.codec;

import id.pantau.media.Bytes;
import java.nio.ByteBuffer;

/// Opus packets (RFC 6716 §3) and their configuration in MP4.
public final class OpusPacket {
    /// The clock of Opus, whatever its bandwidth (RFC 7587 §4.1).
    public static final int SAMPLE_RATE_HZ = 48_000;

    /// What a decoder throws away at the start: 80 ms at 48 kHz, RFC 7845 §4.2's recommendation.
    private static final int PRE_SKIP = 3840;

    private static final int LONGEST = 5760; // 120 ms

    private OpusPacket() {}

    /// @param packet from position to limit; the position does not move
    /// @return its duration in samples at 48 kHz, at most 5760
    public static int samples(ByteBuffer packet) throws MalformedBitstreamException {
        if (!packet.hasRemaining()) {
            throw new MalformedBitstreamException("an empty Opus packet");
        }
        int toc = packet.get(packet.position()) & 0xff;
        int frames =
                switch (toc & 3) {
                    case 0 -> 1;
                    case 1, 2 -> 2;
                    default -> {
                        if (packet.remaining() < 2) {
                            throw new MalformedBitstreamException("an Opus packet cut short");
                        }
                        yield packet.get(packet.position() + 1) & 0x3f;
                    }
                };
        int samples = frames * samplesPerFrame(toc >> 3);
        if (samples == 0 || samples > LONGEST) {
            throw new MalformedBitstreamException(
                    "an Opus packet of %d samples".formatted(samples));
        }
        return samples;
    }

    /// The body of `dOps` (Opus in ISOBMFF §4.3.2): one stream, mapping family 0.
    ///
    /// @param channels 1 or 2
    public static Bytes decoderConfig(int channels) {
        return Bytes.of(
                ByteBuffer.allocate(11)
                        .put((byte) 0)
                        .put((byte) channels)
                        .putShort((short) PRE_SKIP)
                        .putInt(SAMPLE_RATE_HZ)
                        .putShort((short) 0)
                        .put((byte) 0)
                        .flip());
    }

    /// RFC 6716 table 2.
    private static int samplesPerFrame(int configuration) {
        if (configuration < 12) {
            return switch (configuration & 3) {
                case 0 -> 480;
                case 1 -> 960;
                case 2 -> 1920;
                default -> 2880;
            };
        }
        if (configuration < 16) {
            return (configuration & 1) == 0 ? 480 : 960;
        }
        return 120 << (configuration & 3);
    }
}
