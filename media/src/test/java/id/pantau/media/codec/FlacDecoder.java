package id.pantau.media.codec;

import java.nio.ByteBuffer;

/// Decodes the FLAC frames of RFC 9639 that stand on their own channels; checks both checksums.
public final class FlacDecoder {
    private final ByteBuffer frame;
    private long bitPosition;

    private FlacDecoder(ByteBuffer frame) {
        this.frame = frame;
    }

    /// @return `[samples][channels]`, 16 bits
    public static int[][] decode(ByteBuffer frame) {
        return new FlacDecoder(frame.slice()).decode();
    }

    /// The number of the first sample.
    public static long number(ByteBuffer frame) {
        var decoder = new FlacDecoder(frame.slice());
        decoder.bits(32);
        return decoder.codedNumber();
    }

    private int[][] decode() {
        require(bits(16) == 0xfff9, "sync code of blocks of variable size");
        int sizeCode = (int) bits(4);
        bits(4);
        int channels = (int) bits(4) + 1;
        require(bits(4) == 8, "16 bits");
        codedNumber();
        require(sizeCode == 6 || sizeCode == 7, "block size in the header");
        int count = (int) bits(sizeCode == 6 ? 8 : 16) + 1;
        int headerBytes = (int) (bitPosition / 8);
        require(crc(headerBytes, 8, 0x07) == bits(8), "CRC-8");
        int[][] samples = new int[count][channels];
        for (int channel = 0; channel < channels; channel++) {
            subframe(samples, channel);
        }
        bitPosition = (bitPosition + 7) / 8 * 8;
        int bytes = (int) (bitPosition / 8);
        require(crc(bytes, 16, 0x8005) == bits(16), "CRC-16");
        require(bitPosition == frame.limit() * 8L, "nothing behind the frame");
        return samples;
    }

    private void subframe(int[][] samples, int channel) {
        require(bits(1) == 0, "a zero bit");
        int type = (int) bits(6);
        int wasted = bits(1) == 1 ? unary() + 1 : 0;
        int bits = 16 - wasted;
        int count = samples.length;
        int[] out = new int[count];
        if (type == 0) {
            java.util.Arrays.fill(out, signed(bits));
        } else if (type == 1) {
            for (int i = 0; i < count; i++) {
                out[i] = signed(bits);
            }
        } else {
            require(type >= 8 && type <= 12, "a fixed predictor");
            fixed(out, type - 8, bits);
        }
        for (int i = 0; i < count; i++) {
            samples[i][channel] = out[i] << wasted;
        }
    }

    private void fixed(int[] out, int order, int bits) {
        for (int i = 0; i < order; i++) {
            out[i] = signed(bits);
        }
        require(bits(2) == 0, "Rice parameters of 4 bits");
        int partitions = 1 << bits(4);
        int size = out.length / partitions;
        for (int partition = 0; partition < partitions; partition++) {
            int k = (int) bits(4);
            for (int i = Math.max(order, partition * size); i < (partition + 1) * size; i++) {
                long value = (long) unary() << k | bits(k);
                int residual = (int) (value >> 1 ^ -(value & 1));
                out[i] = residual + predicted(out, i, order);
            }
        }
    }

    private static int predicted(int[] s, int i, int order) {
        return switch (order) {
            case 0 -> 0;
            case 1 -> s[i - 1];
            case 2 -> 2 * s[i - 1] - s[i - 2];
            case 3 -> 3 * s[i - 1] - 3 * s[i - 2] + s[i - 3];
            default -> 4 * s[i - 1] - 6 * s[i - 2] + 4 * s[i - 3] - s[i - 4];
        };
    }

    private long codedNumber() {
        int first = (int) bits(8);
        int length = Integer.numberOfLeadingZeros(~(first << 24));
        if (length == 0) {
            return first;
        }
        long number = first & 0x7f >> length;
        for (int i = 1; i < length; i++) {
            int next = (int) bits(8);
            require(next >> 6 == 2, "a continuation byte");
            number = number << 6 | next & 0x3f;
        }
        return number;
    }

    private int unary() {
        int count = 0;
        while (bits(1) == 0) {
            count++;
        }
        return count;
    }

    private int signed(int count) {
        return (int) (bits(count) << 64 - count >> 64 - count);
    }

    private long bits(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            int at = frame.get((int) (bitPosition >> 3));
            value = value << 1 | at >> 7 - (bitPosition & 7) & 1;
            bitPosition++;
        }
        return value;
    }

    private long crc(int bytes, int width, int polynomial) {
        long crc = 0;
        for (int i = 0; i < bytes * 8; i++) {
            int bit = frame.get(i >> 3) >> 7 - (i & 7) & 1;
            boolean out = (crc >> width - 1 & 1) != bit;
            crc = (crc << 1 & (1L << width) - 1) ^ (out ? polynomial : 0);
        }
        return crc;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("FLAC frame: " + what + " expected");
        }
    }
}
