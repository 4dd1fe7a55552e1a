package id.pantau.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/// Finds top-level boxes in a file without reading payloads, through a small window. Sizes are
/// never trusted: nothing is read or allocated beyond the end of the file or a stated limit.
final class BoxScanner {
    private static final int WINDOW_BYTES = 4096;

    private final SeekableByteChannel channel;
    private final long fileBytes;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long windowOffset;

    BoxScanner(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        fileBytes = channel.size();
    }

    long fileBytes() {
        return fileBytes;
    }

    /// @return null when no box can be there: fewer than 8 bytes left, or a size smaller than the
    ///   header
    @Nullable BoxHeader at(long offset) throws IOException {
        if (offset < 0 || fileBytes - offset < 8) {
            return null;
        }
        int at = load(offset, 16);
        long size = window.getInt(at) & 0xffff_ffffL;
        int type = window.getInt(at + 4);
        if (size == 0) { // to the end of the file; of others it is no more than zeros
            return type == FourCc.MDAT || type == FourCc.MOOV
                    ? new BoxHeader(type, offset, 8, fileBytes - offset)
                    : null;
        }
        if (size != 1) {
            return size < 8 ? null : new BoxHeader(type, offset, 8, size);
        }
        if (fileBytes - offset < 16) {
            return null;
        }
        long large = window.getLong(at + 8);
        return large < 16 ? null : new BoxHeader(type, offset, 16, large);
    }

    boolean whole(BoxHeader box) {
        return box.end() <= fileBytes;
    }

    /// Reads a box's body into memory.
    ///
    /// @throws MalformedMp4Exception when it reaches past the end of the file or is larger than
    ///   `maxBytes`
    Fields body(BoxHeader box, int maxBytes) throws IOException {
        long bytes = box.bytes() - box.headerBytes();
        if (!whole(box) || bytes > maxBytes) {
            throw new MalformedMp4Exception(
                    "%s at %d says %d bytes; the file has %d, at most %d are read"
                            .formatted(
                                    FourCc.text(box.type()),
                                    box.offset(),
                                    box.bytes(),
                                    fileBytes - box.offset(),
                                    maxBytes));
        }
        if (bytes <= WINDOW_BYTES) {
            int at = load(box.bodyOffset(), (int) bytes);
            var copy = ByteBuffer.allocate((int) bytes);
            copy.put(0, window, at, (int) bytes);
            return new Fields(box.type(), copy);
        }
        return new Fields(box.type(), read(box.bodyOffset(), (int) bytes));
    }

    /// @return from 0 to `bytes`
    /// @throws MalformedMp4Exception when the file is shorter
    ByteBuffer read(long offset, int bytes) throws IOException {
        if (offset < 0 || offset > fileBytes - bytes) {
            throw new MalformedMp4Exception(
                    "%d bytes wanted at %d of %d".formatted(bytes, offset, fileBytes));
        }
        var buffer = ByteBuffer.allocate(bytes);
        readFully(buffer, offset);
        return buffer.flip();
    }

    /// Looks for a four-character code.
    ///
    /// @return offset of its first byte at or behind `from`, or -1
    long find(int fourCc, long from) throws IOException {
        long offset = from;
        while (fileBytes - offset >= 4) {
            int wanted = (int) Math.min(WINDOW_BYTES, fileBytes - offset);
            int at = load(offset, wanted);
            for (int i = 0; i + 4 <= wanted; i++) {
                if (window.getInt(at + i) == fourCc) {
                    return offset + i;
                }
            }
            offset += wanted - 3;
        }
        return -1;
    }

    /// @return where in the window the byte at `offset` is; as many bytes as wanted follow, or all
    ///   that the file has
    private int load(long offset, int wanted) throws IOException {
        int available = (int) Math.min(wanted, fileBytes - offset);
        long at = offset - windowOffset;
        if (at >= 0 && at + available <= window.limit()) {
            return (int) at;
        }
        window.clear().limit((int) Math.min(WINDOW_BYTES, fileBytes - offset));
        readFully(window, offset);
        window.position(0);
        windowOffset = offset;
        return 0;
    }

    private void readFully(ByteBuffer buffer, long offset) throws IOException {
        long at = offset;
        while (buffer.hasRemaining()) {
            int read;
            if (channel instanceof FileChannel file) {
                read = file.read(buffer, at); // leaves the position to others
            } else {
                channel.position(at);
                read = channel.read(buffer);
            }
            if (read < 0) {
                window.limit(0);
                throw new MalformedMp4Exception("the file became shorter while it was read");
            }
            at += read;
        }
    }
}
