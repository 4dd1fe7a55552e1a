package id.pantau.media.mp4;

import id.pantau.media.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A [SegmentNote] as a `uuid` box: extended type, version (1), epoch seconds (8) and nanoseconds
/// (4) of the start, then camera, stream and reason, each UTF-8 behind its length in 2 bytes.
/// Players pass over it. A later version may add fields at the end.
final class NoteBox {
    private static final Bytes EXTENDED_TYPE = Bytes.ofHex("8c1e6cb05f5d4cf0a3a07b1d9a6e2f41");
    private static final int VERSION = 1;

    private NoteBox() {}

    static void write(BoxWriter out, SegmentNote note) {
        out.begin(FourCc.UUID).bytes(EXTENDED_TYPE).u8(VERSION);
        out.u64(note.startAt().getEpochSecond()).u32(note.startAt().getNano());
        writeText(out, note.camera());
        writeText(out, note.stream());
        writeText(out, note.reason());
        out.end();
    }

    static Bytes bytes(SegmentNote note) {
        var out = new BoxWriter(256);
        write(out, note);
        return out.toBytes();
    }

    /// @param body of a `uuid` box
    /// @return null when the box is not ours
    static @Nullable SegmentNote read(Fields body) throws MalformedMp4Exception {
        if (body.remaining() < EXTENDED_TYPE.size()
                || !EXTENDED_TYPE.equals(body.bytes(EXTENDED_TYPE.size()))
                || body.u8() < VERSION) {
            return null;
        }
        Instant startAt;
        try {
            startAt = Instant.ofEpochSecond(body.i64(), body.u32());
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedMp4Exception("uuid: the start is no instant: " + e.getMessage());
        }
        return new SegmentNote(readText(body), readText(body), readText(body), startAt);
    }

    private static void writeText(BoxWriter out, String text) {
        Bytes utf8 = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
        if (utf8.size() > 0xffff) {
            throw new IllegalArgumentException("a note holds texts of up to 65535 bytes");
        }
        out.u16(utf8.size()).bytes(utf8);
    }

    private static String readText(Fields body) throws MalformedMp4Exception {
        ByteBuffer utf8 = body.bytes(body.u16()).buffer();
        return StandardCharsets.UTF_8.decode(utf8).toString();
    }
}
