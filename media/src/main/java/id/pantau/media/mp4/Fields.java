package id.pantau.media.mp4;

import id.pantau.media.Bytes;
import java.nio.ByteBuffer;

/// Reads the fields of one box in order, big-endian; no field lies outside the box.
final class Fields {
    private final int type;
    private final ByteBuffer body;

    /// @param type of the box, for messages
    /// @param body from position to limit; shared, never written to
    Fields(int type, ByteBuffer body) {
        this.type = type;
        this.body = body.slice();
    }

    /// The same fields from the beginning.
    Fields fresh() {
        return new Fields(type, body.duplicate().rewind());
    }

    int type() {
        return type;
    }

    int remaining() {
        return body.remaining();
    }

    int u8() throws MalformedMp4Exception {
        need(1);
        return body.get() & 0xff;
    }

    int u16() throws MalformedMp4Exception {
        need(2);
        return body.getShort() & 0xffff;
    }

    int i32() throws MalformedMp4Exception {
        need(4);
        return body.getInt();
    }

    long u32() throws MalformedMp4Exception {
        return i32() & 0xffff_ffffL;
    }

    long i64() throws MalformedMp4Exception {
        need(8);
        return body.getLong();
    }

    Fields skip(int count) throws MalformedMp4Exception {
        need(count);
        body.position(body.position() + count);
        return this;
    }

    /// Copies, after checking that they are there.
    Bytes bytes(int count) throws MalformedMp4Exception {
        need(count);
        ByteBuffer view = body.slice(body.position(), count);
        body.position(body.position() + count);
        return Bytes.of(view);
    }

    Bytes rest() throws MalformedMp4Exception {
        return bytes(body.remaining());
    }

    /// The next box inside this one, of which only the header is checked; at least 8 bytes must
    /// remain.
    Fields box() throws MalformedMp4Exception {
        int start = body.position();
        int available = body.remaining();
        long size = u32();
        int inner = i32();
        if (size == 1) {
            size = i64();
        } else if (size == 0) {
            size = available;
        }
        int header = body.position() - start;
        if (size < header || size > available) {
            throw new MalformedMp4Exception(
                    "%s: box %s says %d bytes, %d are there"
                            .formatted(FourCc.text(type), FourCc.text(inner), size, available));
        }
        var fields = new Fields(inner, body.slice(start + header, (int) size - header));
        body.position(start + (int) size);
        return fields;
    }

    /// Whether another box may follow; fewer than 8 bytes at the end are padding.
    boolean hasBox() {
        return body.remaining() >= 8;
    }

    /// How many entries a table can really hold, whatever it says.
    int entries(long claimed, int bytesEach) throws MalformedMp4Exception {
        if (claimed > body.remaining() / bytesEach) {
            throw malformed(
                    "says %d entries, has room for %d"
                            .formatted(claimed, body.remaining() / bytesEach));
        }
        return (int) claimed;
    }

    MalformedMp4Exception malformed(String what) {
        return new MalformedMp4Exception("%s: %s".formatted(FourCc.text(type), what));
    }

    private void need(int count) throws MalformedMp4Exception {
        if (count < 0 || count > body.remaining()) {
            throw malformed("cut short: %d bytes more needed".formatted(count - body.remaining()));
        }
    }
}
