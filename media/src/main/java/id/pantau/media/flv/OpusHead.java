package id.pantau.media.flv;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.codec.OpusPacket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The identification header of Opus (RFC 7845 §5.1), little-endian, beside the body of `dOps`,
/// which says the same in big-endian.
final class OpusHead {
    private static final byte[] MAGIC = {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd'};
    private static final int BYTES = 19;

    private OpusHead() {}

    /// @throws MalformedFlvException if it is cut short or maps more than two channels
    static AudioFormat read(ByteBuffer header) throws MalformedFlvException {
        ByteBuffer in = header.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < BYTES || in.get(18) != 0) {
            throw new MalformedFlvException("an Opus header of another kind");
        }
        int channels = Math.clamp(in.get(9), 1, 2);
        ByteBuffer config =
                ByteBuffer.allocate(11)
                        .put((byte) 0)
                        .put((byte) channels)
                        .putShort(in.getShort(10))
                        .putInt(in.getInt(12))
                        .putShort(in.getShort(16))
                        .put((byte) 0)
                        .flip();
        return new AudioFormat(Codec.OPUS, OpusPacket.SAMPLE_RATE_HZ, channels, Bytes.of(config));
    }

    static Bytes write(AudioFormat format) {
        Bytes config =
                format.config().size() >= 11
                        ? format.config()
                        : OpusPacket.decoderConfig(Math.min(2, format.channels()));
        ByteBuffer in = config.buffer();
        ByteBuffer header =
                ByteBuffer.allocate(BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(MAGIC)
                        .put((byte) 1)
                        .put(in.get(1))
                        .putShort(in.getShort(2))
                        .putInt(in.getInt(4))
                        .putShort(in.getShort(8))
                        .put((byte) 0)
                        .flip();
        return Bytes.of(header);
    }
}
