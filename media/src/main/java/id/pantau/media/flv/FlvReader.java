package id.pantau.media.flv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the tags of an FLV file, or of one that comes over HTTP (FLV §E.2, §E.3). Reads no further
/// than it must. Not thread-safe; the stream stays the caller's.
public final class FlvReader {
    private static final int FILE_HEADER_BYTES = 9;
    private static final int TAG_HEADER_BYTES = 11;
    private static final int TYPE_MASK = 0x1f; // above it: reserved, and the flag for encryption

    private static final int MAX_FILE_HEADER_BYTES = 64 << 10;

    private final InputStream in;
    private final int maxBodyBytes;
    private boolean begun;

    /// @param maxBodyBytes a longer tag is malformed
    public FlvReader(InputStream in, int maxBodyBytes) {
        this.in = in;
        this.maxBodyBytes = maxBodyBytes;
    }

    /// The next tag of a kind that is known.
    ///
    /// @return empty at the end, also when that cuts a tag short: files of live streams end so
    public Optional<FlvTag> next() throws IOException, MalformedFlvException {
        if (!begun) {
            begun = true;
            if (!readFileHeader()) {
                return Optional.empty();
            }
        }
        while (true) {
            byte[] header = in.readNBytes(TAG_HEADER_BYTES);
            if (header.length < TAG_HEADER_BYTES) {
                return Optional.empty();
            }
            ByteBuffer fields = ByteBuffer.wrap(header);
            int size = fields.getInt(0) & 0xffffff;
            if (size > maxBodyBytes) {
                throw new MalformedFlvException("a tag of %d bytes".formatted(size));
            }
            byte[] body = in.readNBytes(size); // grows with what comes, not what is announced
            if (body.length < size) {
                return Optional.empty();
            }
            byte[] unused = in.readNBytes(4); // PreviousTagSize: files lie in it
            FlvTag.Kind kind = kind(header[0] & TYPE_MASK);
            if (kind != null) {
                return Optional.of(new FlvTag(kind, timestampMs(fields), ByteBuffer.wrap(body)));
            }
        }
    }

    /// The tag at the position of a buffer, as RTMP's aggregate messages hold them; the position is
    /// behind it and its `PreviousTagSize` afterwards.
    ///
    /// @return empty when it is of no kind that is known
    public static Optional<FlvTag> next(ByteBuffer tags) throws MalformedFlvException {
        if (tags.remaining() < TAG_HEADER_BYTES) {
            throw new MalformedFlvException("a tag cut short");
        }
        ByteBuffer header = tags.slice();
        int size = header.getInt(0) & 0xffffff;
        if (size > tags.remaining() - TAG_HEADER_BYTES) {
            throw new MalformedFlvException("a tag cut short");
        }
        ByteBuffer body = header.slice(TAG_HEADER_BYTES, size);
        int whole = Math.min(tags.remaining(), TAG_HEADER_BYTES + size + 4);
        tags.position(tags.position() + whole);
        FlvTag.Kind kind = kind(header.get(0) & TYPE_MASK);
        return kind == null
                ? Optional.empty()
                : Optional.of(new FlvTag(kind, timestampMs(header), body));
    }

    private boolean readFileHeader() throws IOException, MalformedFlvException {
        byte[] header = in.readNBytes(FILE_HEADER_BYTES);
        if (header.length < FILE_HEADER_BYTES) {
            return false;
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        long size = fields.getInt(5) & 0xffff_ffffL;
        if (header[0] != 'F'
                || header[1] != 'L'
                || header[2] != 'V'
                || size > MAX_FILE_HEADER_BYTES) {
            throw new MalformedFlvException("not an FLV file");
        }
        long rest = Math.max(0, size - FILE_HEADER_BYTES) + 4; // and PreviousTagSize0
        return in.readNBytes((int) rest).length == rest;
    }

    private static int timestampMs(ByteBuffer header) {
        int field = header.getInt(4);
        return field >>> 8 | field << 24; // 24 low bits, then the 8 high ones
    }

    private static FlvTag.@Nullable Kind kind(int type) {
        for (FlvTag.Kind kind : FlvTag.Kind.values()) {
            if (kind.type() == type) {
                return kind;
            }
        }
        return null;
    }
}
