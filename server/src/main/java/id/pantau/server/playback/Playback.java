package id.pantau.server.playback;

import id.pantau.media.hls.MediaPlaylist;
import id.pantau.media.mp4.Export;
import id.pantau.media.mp4.InitSegment;
import id.pantau.media.mp4.RecordedFile;
import id.pantau.server.recording.RecordingException;
import id.pantau.server.recording.Recordings;
import id.pantau.server.recording.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Shows what was recorded, straight from the files. Thread-safe.
public final class Playback {
    private final Recordings recordings;
    private final SegmentIndexes indexes;

    public Playback(Recordings recordings) {
        this.recordings = recordings;
        this.indexes = new SegmentIndexes(recordings);
    }

    /// A finished playlist of everything in the range, running segments included. It begins with
    /// the run that holds `from`; its URIs are relative to the playlist: `{segment}/init.mp4` and
    /// `{segment}/{first}-{last}.m4s`.
    ///
    /// @param until exclusive
    /// @param query goes behind every URI: empty, or `?ticket=…`
    /// @throws PlaybackException NONE
    public MediaPlaylist playlist(String camera, Instant from, Instant until, String query)
            throws InterruptedException {
        var segments = new ArrayList<MediaPlaylist.Segment>();
        for (IndexedSegment indexed : indexed(camera, from, until)) {
            String base = indexed.segment().id() + "/";
            String init = base + "init.mp4" + query;
            int first = indexed.firstFor(from);
            boolean newFile = true;
            for (Run run : Run.cut(indexed, first, indexed.endFor(until))) {
                String uri = "%s%d-%d.m4s%s".formatted(base, run.first(), run.last(), query);
                boolean broken = !segments.isEmpty() && (newFile || run.brokenBefore());
                segments.add(
                        MediaPlaylist.Segment.of(
                                uri, run.duration(), run.wallStart(), broken, init));
                newFile = false;
            }
        }
        if (segments.isEmpty()) {
            throw nothing(camera, from, until);
        }
        return MediaPlaylist.vod(segments);
    }

    /// @throws PlaybackException when there is no such segment, or it cannot be read
    public InitSegment init(String camera, String segment) throws InterruptedException {
        return indexes.get(get(camera, segment)).playback().init();
    }

    /// @param first index of a fragment in its file
    /// @param last index of the last one, inclusive
    /// @throws PlaybackException when there are no such fragments, or they cannot be read
    public Content run(String camera, String segment, int first, int last)
            throws InterruptedException {
        Segment found = get(camera, segment);
        IndexedSegment indexed = indexes.get(found);
        List<RecordedFile.Entry> fragments = indexed.fragments();
        if (first < 0 || last < first || last >= fragments.size()) {
            throw PlaybackException.none(
                    "The recording %s has no fragments %d to %d.".formatted(segment, first, last));
        }
        if (indexed.playback().rewrites()) {
            return rewritten(indexed, first, last);
        }
        long offset = fragments.get(first).offset();
        RecordedFile.Entry end = fragments.get(last);
        long size = end.offset() + end.sizeBytes() - offset;
        return new Content(size, out -> copy(found, offset, size, out));
    }

    /// An MP4 of the range: it begins with the key frame before `from` and leaves gaps out.
    ///
    /// @param until exclusive
    /// @throws PlaybackException NONE
    public Clip clip(String camera, Instant from, Instant until) throws InterruptedException {
        var runs = new ArrayList<Export.Run>();
        Instant start = from;
        Instant end = from;
        for (IndexedSegment indexed : indexed(camera, from, until)) {
            int first = indexed.firstFor(from);
            int behind = indexed.endFor(until);
            if (behind <= first) {
                continue;
            }
            if (runs.isEmpty()) {
                start = indexed.fragments().get(first).wallStart();
            }
            end = indexed.wallEnd(behind - 1);
            Segment segment = indexed.segment();
            runs.add(
                    new Export.Run(
                            indexed.file(),
                            indexed.fragments().subList(first, behind),
                            () -> open(segment)));
        }
        if (runs.isEmpty()) {
            throw nothing(camera, from, until);
        }
        Export export = Export.of(runs, Export.Gaps.CLOSED);
        return new Clip(
                start, end, export.gaps(), new Content(export.sizeBytes(), export::writeTo));
    }

    /// Readable segments that have a fragment in the range.
    private List<IndexedSegment> indexed(String camera, Instant from, Instant until)
            throws InterruptedException {
        return indexes.readable(recordings.list(camera, from, until)).stream()
                .filter(indexed -> indexed.wallEnd(indexed.fragments().size() - 1).isAfter(from))
                .toList();
    }

    private Content rewritten(IndexedSegment indexed, int first, int last) {
        List<ByteBuffer> buffers;
        try (SeekableByteChannel channel = open(indexed.segment())) {
            buffers = indexed.playback().fragments(channel, first, last);
        } catch (IOException e) {
            throw SegmentIndexes.unreadable(indexed.segment(), e);
        }
        long size = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        return new Content(
                size,
                out -> {
                    for (ByteBuffer buffer : buffers) {
                        writeAll(out, buffer.duplicate());
                    }
                });
    }

    private SeekableByteChannel open(Segment segment) {
        try {
            return recordings.open(segment);
        } catch (RecordingException e) {
            throw SegmentIndexes.translated(segment, e);
        }
    }

    private void copy(Segment segment, long offset, long size, WritableByteChannel out)
            throws IOException {
        try (SeekableByteChannel channel = open(segment)) {
            channel.position(offset);
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, 256 << 10));
            for (long left = size; left > 0; ) {
                buffer.clear().limit((int) Math.min(left, buffer.capacity()));
                int read = channel.read(buffer);
                if (read < 0) {
                    throw new IOException("the recording became shorter: " + segment.id());
                }
                left -= read;
                writeAll(out, buffer.flip());
            }
        }
    }

    private static void writeAll(WritableByteChannel out, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    private Segment get(String camera, String segment) {
        return recordings
                .find(camera, segment)
                .orElseThrow(() ->
                        PlaybackException.none(
                                "There is no such recording of camera %s.".formatted(camera)));
    }

    private static PlaybackException nothing(String camera, Instant from, Instant until) {
        return PlaybackException.none(
                "Nothing is recorded of camera %s between %s and %s."
                        .formatted(camera, from, until));
    }
}
