package id.pantau.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;

/// One fragment in memory.
///
/// @param all of its boxes
/// @param offset of the first one in the file
/// @param moofOffset of the `moof` in the file
/// @param moof body of the `moof`
record FragmentBytes(ByteBuffer all, long offset, long moofOffset, Fields moof) {
    private static final int MAX_BYTES = 256 << 20;

    /// @throws MalformedMp4Exception when there is no whole `moof`, or the file is shorter than its
    ///   index says
    static FragmentBytes read(BoxScanner boxes, RecordedFile.Entry entry) throws IOException {
        if (entry.sizeBytes() < 0 || entry.sizeBytes() > MAX_BYTES) {
            throw new MalformedMp4Exception("a fragment of %d bytes".formatted(entry.sizeBytes()));
        }
        ByteBuffer all = boxes.read(entry.offset(), entry.sizeBytes());
        var fields = new Fields(FourCc.MOOF, all);
        while (fields.hasBox()) {
            int at = all.limit() - fields.remaining();
            Fields box = fields.box();
            if (box.type() == FourCc.MOOF) {
                return new FragmentBytes(all, entry.offset(), entry.offset() + at, box);
            }
        }
        throw new MalformedMp4Exception("no moof in the fragment at %d".formatted(entry.offset()));
    }

    /// @param at offset in the file
    /// @return a view
    ByteBuffer payload(long at, int bytes) throws MalformedMp4Exception {
        long start = at - offset;
        if (start < 0 || start + bytes > all.limit()) {
            throw new MalformedMp4Exception(
                    "a sample of %d bytes at %d lies outside its fragment".formatted(bytes, at));
        }
        return all.slice((int) start, bytes);
    }
}
