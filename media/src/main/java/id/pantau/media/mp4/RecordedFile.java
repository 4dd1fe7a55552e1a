package id.pantau.media.mp4;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The index of one recorded file, read from its boxes: whole or torn.
///
/// @param reasons the reason of each note, in file order, as written
/// @param initBytes size of everything before the first fragment
/// @param fragments in file order
/// @param wholeBytes up to the end of the last whole fragment (and the closing index, if there);
///   whatever follows is a torn tail
/// @param closed whether the index that is written on close (`mfra`) is there
public record RecordedFile(
        StreamFormat format,
        @Nullable SegmentNote note,
        List<String> reasons,
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
        reasons = List.copyOf(reasons);
        fragments = List.copyOf(fragments);
    }

    /// @throws MalformedMp4Exception when not even the init segment can be read
    public static RecordedFile read(SeekableByteChannel channel) throws IOException {
        var boxes = new BoxScanner(channel);
        InitSegmentReader init = InitSegmentReader.read(boxes);
        var scanner = new FragmentScanner(boxes, init.movie(), init.end());
        List<Entry> fragments = new ArrayList<>();
        FragmentScanner.Found found;
        while ((found = scanner.next()) != null) {
            Entry entry = entry(found, init);
            if (entry != null) {
                fragments.add(entry);
            }
        }
        List<String> reasons = new ArrayList<>();
        SegmentNote note = init.note();
        if (note != null) {
            reasons.add(note.reason());
        }
        reasons.addAll(scanner.reasons());
        return new RecordedFile(
                init.movie().format(),
                note,
                reasons,
                init.end(),
                fragments,
                scanner.wholeEnd(),
                boxes.fileBytes(),
                scanner.closed());
    }

    /// Reads the samples of one fragment as access units, video first; wall times count from the
    /// fragment's.
    ///
    /// @throws MalformedMp4Exception when the fragment is not what the index says
    public List<AccessUnit> units(SeekableByteChannel channel, Entry entry) throws IOException {
        return FragmentUnits.read(channel, entry);
    }

    /// @return null for a fragment without samples of ours
    private static @Nullable Entry entry(FragmentScanner.Found found, InitSegmentReader init) {
        for (MediaKind kind : MediaKind.values()) {
            MediaTrack track = init.movie().track(kind);
            SampleTable samples = found.fragment().samples(kind);
            if (track == null || samples == null || samples.size() == 0) {
                continue;
            }
            long bytes = found.end() - found.offset();
            if (bytes > Integer.MAX_VALUE) {
                return null;
            }
            MediaTime start = MediaTime.of(samples.time(0), track.timescale());
            return new Entry(
                    found.offset(),
                    (int) bytes,
                    start,
                    MediaTime.of(samples.end() - samples.time(0), track.timescale())
                            .since(MediaTime.ZERO),
                    found.wallStart() != null ? found.wallStart() : init.wallTime(start),
                    kind == MediaKind.AUDIO ? init.movie().video() == null : samples.keyFrame(0));
        }
        return null;
    }
}
