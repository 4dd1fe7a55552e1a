package id.pantau.media.mp4;

import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The index of one recorded file, read from its boxes: whole or torn.
///
/// @param initBytes size of everything before the first fragment
/// @param fragments in file order
/// @param wholeBytes up to the end of the last whole fragment (and the closing index, if there);
///   whatever follows is a torn tail
/// @param closed whether the index that is written on close (`mfra`) is there
public record RecordedFile(
        StreamFormat format,
        @Nullable SegmentNote note,
        long initBytes,
        List<Entry> fragments,
        long wholeBytes,
        long fileBytes,
        boolean closed) {
    /// @param offset of the fragment's first box in the file
    /// @param start relative to the file's zero
    public record Entry(
            long offset,
            int sizeBytes,
            MediaTime start,
            Duration duration,
            Instant wallStart,
            boolean keyFrame) {
        /// @param offset where the fragment was appended
        public static Entry of(long offset, Fragment fragment) {
            return new Entry(
                    offset,
                    fragment.sizeBytes(),
                    fragment.start(),
                    fragment.duration(),
                    fragment.wallStart(),
                    fragment.keyFrame());
        }
    }

    public RecordedFile {
        fragments = List.copyOf(fragments);
    }

    /// @throws MalformedMp4Exception when not even the init segment can be read
    public static RecordedFile read(SeekableByteChannel channel) throws IOException {
        throw new UnsupportedOperationException("being built");
    }
}
