package id.pantau.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/// Recorded fragments as browsers play them: the same video, G.711 repackaged losslessly as FLAC,
/// times of the file kept. Files without G.711 come out as they are. Immutable.
public final class BrowserPlayback {
    public BrowserPlayback(RecordedFile file) {
        throw new UnsupportedOperationException("being built");
    }

    /// Whether anything has to be rewritten; if not, bytes may be sent from the file as they are.
    public boolean rewrites() {
        throw new UnsupportedOperationException("being built");
    }

    /// Of live shape: without the segment's note.
    public InitSegment init() {
        throw new UnsupportedOperationException("being built");
    }

    /// @param first index of a fragment in the file
    /// @param last index of the last one, inclusive
    /// @return a media segment: the buffers in order
    /// @throws IndexOutOfBoundsException when the file has no such fragments
    /// @throws MalformedMp4Exception when the file is not what its index says
    public List<ByteBuffer> fragments(SeekableByteChannel channel, int first, int last)
            throws IOException {
        throw new UnsupportedOperationException("being built");
    }
}
