package id.pantau.media.mp4;

import id.pantau.media.Codec;
import id.pantau.media.codec.H264Nal;
import id.pantau.media.codec.H265Nal;
import java.nio.ByteBuffer;

/// The NAL units of a video sample, each behind its length (ISO/IEC 14496-15 §5.3.4.2).
final class NalChain {
    private NalChain() {}

    /// @param sample from 0 to limit
    /// @param lengthBytes 1, 2 or 4
    /// @return lengths of 4 bytes, without parameter sets and delimiters: the same buffer where it
    ///   was so already
    /// @throws MalformedMp4Exception when the lengths do not add up
    static ByteBuffer normalise(ByteBuffer sample, int lengthBytes, Codec codec)
            throws MalformedMp4Exception {
        int units = 0;
        int kept = 0;
        int keptBytes = 0;
        ByteBuffer in = sample.duplicate();
        while (in.hasRemaining()) {
            int length = length(in, lengthBytes);
            if (keep(in, length, codec)) {
                kept++;
                keptBytes += 4 + length;
            }
            units++;
            in.position(in.position() + length);
        }
        if (lengthBytes == 4 && kept == units) {
            return sample;
        }
        var out = ByteBuffer.allocate(keptBytes);
        in.rewind();
        while (in.hasRemaining()) {
            int length = length(in, lengthBytes);
            if (keep(in, length, codec)) {
                out.putInt(length).put(in.slice(in.position(), length));
            }
            in.position(in.position() + length);
        }
        return out.flip();
    }

    private static boolean keep(ByteBuffer at, int length, Codec codec) {
        if (length == 0) {
            return false;
        }
        int first = at.get(at.position()) & 0xff;
        if (codec == Codec.H265) {
            int type = H265Nal.type(first);
            return type < H265Nal.VPS || type > H265Nal.ACCESS_UNIT_DELIMITER;
        }
        int type = H264Nal.type(first);
        return type < H264Nal.SPS || type > H264Nal.ACCESS_UNIT_DELIMITER;
    }

    private static int length(ByteBuffer in, int lengthBytes) throws MalformedMp4Exception {
        int length = -1;
        if (in.remaining() >= lengthBytes) {
            length =
                    switch (lengthBytes) {
                        case 1 -> in.get() & 0xff;
                        case 2 -> in.getShort() & 0xffff;
                        default -> in.getInt();
                    };
        }
        if (length < 0 || length > in.remaining()) {
            throw new MalformedMp4Exception(
                    "a NAL unit of %d bytes where %d are left".formatted(length, in.remaining()));
        }
        return length;
    }
}
