package id.pantau.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable run of bytes with value equality: parameter sets, codec configurations, init
/// segments. Not for media payloads, which travel in [AccessUnit].
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Copies.
    public static Bytes of(byte... bytes) {
        return new Bytes(bytes.clone());
    }

    /// Copies what remains in the buffer; its position does not move.
    public static Bytes of(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return new Bytes(copy);
    }

    public static Bytes ofHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    public int size() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /// @return the byte at `index`, 0..255
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /// A read-only view, big-endian, from 0 to [#size()].
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    public byte[] toArray() {
        return bytes.clone();
    }

    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length <= 32 ? toHex() : "%d bytes".formatted(bytes.length);
    }
}
