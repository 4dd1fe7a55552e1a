package id.pantau.media.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A box inside a buffer, by absolute positions, so that fields can be changed in place.
///
/// @param body first byte behind the header
/// @param end first byte behind the box
record BoxSpan(int type, int start, int body, int end) {
    /// The boxes between two positions.
    ///
    /// @throws MalformedMp4Exception when one does not lie inside
    static List<BoxSpan> between(ByteBuffer buffer, int from, int until)
            throws MalformedMp4Exception {
        List<BoxSpan> boxes = new ArrayList<>();
        int at = from;
        while (until - at >= 8) {
            int size = buffer.getInt(at); // ours are never larger than 2 GiB
            int type = buffer.getInt(at + 4);
            if (size < 8 || size > until - at) {
                throw new MalformedMp4Exception(
                        "%s: %d bytes where %d are left"
                                .formatted(FourCc.text(type), size, until - at));
            }
            boxes.add(new BoxSpan(type, at, at + 8, at + size));
            at += size;
        }
        return boxes;
    }

    List<BoxSpan> children(ByteBuffer buffer) throws MalformedMp4Exception {
        return between(buffer, body, end);
    }

    /// @return position of the field
    /// @throws MalformedMp4Exception when the box ends before it
    int field(int offset, int bytes) throws MalformedMp4Exception {
        if (body + offset + bytes > end) {
            throw new MalformedMp4Exception("%s: cut short".formatted(FourCc.text(type)));
        }
        return body + offset;
    }
}
