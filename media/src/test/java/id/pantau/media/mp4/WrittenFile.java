package id.pantau.media.mp4;

import id.pantau.media.AccessUnit;
import id.pantau.media.Bytes;
import id.pantau.media.StreamFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recorded file in memory, written as the recorder does it.
final class WrittenFile {
    static final SegmentNote NOTE =
            new SegmentNote("gate-1", "main", "continuous", RandomStream.WALL_START);

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final List<RecordedFile.Entry> entries = new ArrayList<>();
    final StreamFormat format;

    WrittenFile(StreamFormat format) {
        this.format = format;
        append(InitSegment.of(format, NOTE).bytes());
    }

    static WrittenFile of(RandomStream stream, Duration target) {
        var file = new WrittenFile(stream.format);
        file.addAll(new Fragmenter(stream.format, target), stream.units);
        return file;
    }

    /// Adds the units and what is left at their end.
    WrittenFile addAll(Fragmenter fragmenter, List<AccessUnit> units) {
        units.forEach(unit -> append(fragmenter.add(unit)));
        append(fragmenter.flush());
        return this;
    }

    WrittenFile close() {
        append(ClosingIndex.of(format, entries));
        return this;
    }

    void append(@Nullable Fragment fragment) {
        if (fragment == null) {
            return;
        }
        entries.add(RecordedFile.Entry.of(out.size(), fragment));
        int before = out.size();
        for (ByteBuffer buffer : fragment.buffers()) {
            append(Bytes.of(buffer));
        }
        if (out.size() - before != fragment.sizeBytes()) {
            throw new AssertionError("the fragment says %d bytes".formatted(fragment.sizeBytes()));
        }
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    RecordedFile read() throws IOException {
        return RecordedFile.read(new MemoryChannel(bytes()));
    }

    private void append(Bytes bytes) {
        out.writeBytes(bytes.toArray());
    }
}
