package id.pantau.media.mp4;

import id.pantau.media.Bytes;
import java.nio.ByteBuffer;

/// Writes nested boxes, big-endian; the size of a box is filled in when it ends. Grows as needed.
final class BoxWriter {
    private static final int MAX_DEPTH = 16;

    private ByteBuffer buffer;
    private final int[] starts = new int[MAX_DEPTH];
    private int depth;

    /// @param capacity expected size in bytes
    BoxWriter(int capacity) {
        buffer = ByteBuffer.allocate(capacity);
    }

    BoxWriter begin(int type) {
        room(8);
        starts[depth++] = buffer.position();
        buffer.putInt(0).putInt(type);
        return this;
    }

    /// A FullBox (ISO/IEC 14496-12 §4.2).
    BoxWriter begin(int type, int version, int flags) {
        return begin(type).u32((long) version << 24 | flags);
    }

    BoxWriter end() {
        int start = starts[--depth];
        buffer.putInt(start, buffer.position() - start);
        return this;
    }

    BoxWriter u8(int value) {
        room(1);
        buffer.put((byte) value);
        return this;
    }

    BoxWriter u16(int value) {
        room(2);
        buffer.putShort((short) value);
        return this;
    }

    BoxWriter u32(long value) {
        room(4);
        buffer.putInt((int) value);
        return this;
    }

    BoxWriter u64(long value) {
        room(8);
        buffer.putLong(value);
        return this;
    }

    BoxWriter zeros(int count) {
        room(count);
        buffer.position(buffer.position() + count); // a fresh buffer is zero
        return this;
    }

    BoxWriter bytes(Bytes bytes) {
        room(bytes.size());
        buffer.put(bytes.buffer());
        return this;
    }

    int position() {
        return buffer.position();
    }

    /// Overwrites 4 bytes that were written before.
    void patch(int position, int value) {
        buffer.putInt(position, value);
    }

    Bytes toBytes() {
        return Bytes.of(buffer.duplicate().flip());
    }

    /// What was written, without copying; the writer is not used after it.
    ByteBuffer toBuffer() {
        return buffer.flip().asReadOnlyBuffer();
    }

    private void room(int count) {
        if (buffer.remaining() < count) {
            int capacity = Math.max(buffer.capacity() * 2, buffer.position() + count);
            buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
        }
    }
}
