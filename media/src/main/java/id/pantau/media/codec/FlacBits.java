package id.pantau.media.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Writes bits, most significant first, and the checksums of RFC 9639 §9.1.8 and §9.3.
final class FlacBits {
    private static final int[] CRC_8 = table(8, 0x07);
    private static final int[] CRC_16 = table(16, 0x8005);

    private byte[] bytes = new byte[512];
    private int length;
    private long pending;
    private int pendingBits;

    /// @param count 0..32
    void write(long value, int count) {
        pending = pending << count | value & (1L << count) - 1;
        pendingBits += count;
        while (pendingBits >= 8) {
            pendingBits -= 8;
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) (pending >>> pendingBits);
        }
    }

    /// `count` zeros, then a one.
    void writeUnary(int count) {
        int left = count;
        while (left >= 32) {
            write(0, 32);
            left -= 32;
        }
        write(1, left + 1);
    }

    void padToByte() {
        if (pendingBits > 0) {
            write(0, 8 - pendingBits);
        }
    }

    int crc8() {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc = CRC_8[(crc ^ bytes[i]) & 0xff];
        }
        return crc;
    }

    int crc16() {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc = crc << 8 & 0xffff ^ CRC_16[(crc >> 8 ^ bytes[i]) & 0xff];
        }
        return crc;
    }

    /// What was written, in an array of its own; the writer begins anew.
    ByteBuffer take() {
        ByteBuffer taken = ByteBuffer.wrap(Arrays.copyOf(bytes, length));
        length = 0;
        pending = 0;
        pendingBits = 0;
        return taken;
    }

    private static int[] table(int width, int polynomial) {
        int[] table = new int[256];
        int top = 1 << width - 1;
        for (int i = 0; i < 256; i++) {
            int crc = i << width - 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & top) != 0 ? crc << 1 ^ polynomial : crc << 1;
            }
            table[i] = crc & (1 << width) - 1;
        }
        return table;
    }
}
