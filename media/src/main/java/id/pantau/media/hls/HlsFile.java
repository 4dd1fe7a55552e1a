package id.pantau.media.hls;

import java.nio.ByteBuffer;
import java.util.List;

/// An init segment, a segment or a part as it is sent. Its name never means other bytes.
///
/// @param buffers read-only, in order; `duplicate()` before reading
public record HlsFile(String contentType, long sizeBytes, List<ByteBuffer> buffers) {
    public HlsFile {
        buffers = List.copyOf(buffers);
    }

    static HlsFile of(LiveInit init) {
        ByteBuffer bytes = init.segment().bytes().buffer();
        return new HlsFile("video/mp4", bytes.remaining(), List.of(bytes));
    }

    static HlsFile of(LiveSegment segment) {
        return new HlsFile("video/iso.segment", segment.sizeBytes(), segment.buffers());
    }

    static HlsFile of(LivePart part) {
        return new HlsFile("video/iso.segment", part.sizeBytes(), part.buffers());
    }
}
