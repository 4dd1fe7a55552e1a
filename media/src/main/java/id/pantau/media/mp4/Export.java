package id.pantau.media.mp4;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;

/// One playable MP4 made of runs of fragments of several recorded files, streamed while it is read.
/// Samples are not touched: only the times and numbers in the fragments' headers change, so that
/// the size is known before the first byte is written.
public final class Export {
    /// Opens a recorded file for reading; closed by who opened it.
    @FunctionalInterface
    public interface Opener {
        SeekableByteChannel open() throws IOException;
    }

    /// A run of fragments of one recorded file.
    ///
    /// @param fragments ascending, out of `file.fragments()`
    public record Run(RecordedFile file, List<RecordedFile.Entry> fragments, Opener opener) {
        public Run {
            fragments = List.copyOf(fragments);
        }
    }

    /// What happens to time that is missing between fragments.
    public enum Gaps {
        /// The next fragment follows at once.
        CLOSED,
        /// Wall clock distance is kept: the last picture stands still.
        KEPT
    }

    private Export() {}

    /// @param runs by time; at least one fragment in all
    /// @throws IllegalArgumentException when there is no fragment
    public static Export of(List<Run> runs, Gaps gaps) {
        throw new UnsupportedOperationException("being built");
    }

    /// `ftyp` and `moov` with every decoder configuration that occurs.
    public InitSegment init() {
        throw new UnsupportedOperationException("being built");
    }

    /// What [#writeTo] will write, to the byte.
    public long sizeBytes() {
        throw new UnsupportedOperationException("being built");
    }

    /// Media time of the whole.
    public Duration duration() {
        throw new UnsupportedOperationException("being built");
    }

    /// Times that are missing between fragments, longer than 0.1 s.
    public int gaps() {
        throw new UnsupportedOperationException("being built");
    }

    /// Writes everything, one fragment in memory at a time.
    ///
    /// @throws MalformedMp4Exception when a recorded file is not what its index says
    public void writeTo(WritableByteChannel out) throws IOException {
        throw new UnsupportedOperationException("being built");
    }
}
