package id.pantau.media.codec;

import java.nio.ByteBuffer;

/// Reads bits, most significant first, with the Exp-Golomb codes of H.264 and H.265 (ITU-T H.264
/// §9.1). Reads emulation prevention bytes as they are: give it a [NalUnits#unescape] buffer. Not
/// thread-safe.
public final class BitReader {
    private final ByteBuffer bytes;
    private final int start;
    private final int bits;
    private int position;

    /// @param bytes read from position to limit, at most 256 MiB; its position does not move
    public BitReader(ByteBuffer bytes) {
        if (bytes.remaining() > 1 << 28) {
            throw new IllegalArgumentException("more than 256 MiB of headers");
        }
        this.bytes = bytes;
        this.start = bytes.position();
        this.bits = bytes.remaining() * 8;
    }

    public int remainingBits() {
        return bits - position;
    }

    /// How many bits have been read.
    public int positionBits() {
        return position;
    }

    public boolean readFlag() throws MalformedBitstreamException {
        return readBits(1) != 0;
    }

    /// @param count 0..32
    /// @return the bits as an unsigned number
    public long readBits(int count) throws MalformedBitstreamException {
        require(count);
        long value = 0;
        int left = count;
        while (left > 0) {
            int inByte = 8 - (position & 7);
            int take = Math.min(inByte, left);
            int octet = bytes.get(start + (position >> 3)) & 0xff;
            value = value << take | (octet >> (inByte - take) & (1 << take) - 1);
            position += take;
            left -= take;
        }
        return value;
    }

    /// @param count 0..31
    public int readInt(int count) throws MalformedBitstreamException {
        return (int) readBits(count);
    }

    public void skip(int count) throws MalformedBitstreamException {
        require(count);
        position += count;
    }

    /// `ue(v)`: an unsigned Exp-Golomb number, 0..2^32-2.
    public long readUnsigned() throws MalformedBitstreamException {
        int zeros = 0;
        while (!readFlag()) {
            if (++zeros > 32) {
                throw new MalformedBitstreamException("Exp-Golomb code of more than 32 bits");
            }
        }
        return zeros == 0 ? 0 : (1L << zeros) - 1 + readBits(zeros);
    }

    /// `ue(v)` that must not exceed `most`.
    ///
    /// @param what its name, for the error
    public int readUnsigned(int most, String what) throws MalformedBitstreamException {
        long value = readUnsigned();
        if (value > most) {
            throw new MalformedBitstreamException(
                    "%s is %d, more than %d".formatted(what, value, most));
        }
        return (int) value;
    }

    /// `se(v)`: a signed Exp-Golomb number.
    public long readSigned() throws MalformedBitstreamException {
        long code = readUnsigned();
        return (code & 1) == 0 ? -(code >> 1) : (code + 1) >> 1;
    }

    private void require(int count) throws MalformedBitstreamException {
        if (count < 0 || count > bits - position) {
            throw new MalformedBitstreamException(
                    "cut short: %d bits wanted at bit %d of %d".formatted(count, position, bits));
        }
    }
}
