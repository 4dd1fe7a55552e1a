package id.pantau.server.playback;

import id.pantau.media.mp4.BrowserPlayback;
import id.pantau.media.mp4.RecordedFile;
import id.pantau.server.recording.RecordingException;
import id.pantau.server.recording.Recordings;
import id.pantau.server.recording.Segment;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// The indices of recorded files, read from the files and kept for the ones used last. Thread-safe.
final class SegmentIndexes {
    /// About two days of one camera; an index takes some 8 KB.
    private static final int KEPT = 3000;

    /// A disk that spins gains nothing from more.
    private static final int READ_AT_ONCE = 8;

    /// An open segment grows: its index is another one.
    private record Key(String segment, long sizeBytes) {}

    private final Recordings recordings;
    private final Semaphore reading = new Semaphore(READ_AT_ONCE);
    private final Map<Key, IndexedSegment> kept; // guarded by itself

    SegmentIndexes(Recordings recordings) {
        this.recordings = recordings;
        this.kept =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Key, IndexedSegment> eldest) {
                        return size() > KEPT;
                    }
                };
    }

    /// @throws PlaybackException when the file is not there or not readable
    IndexedSegment get(Segment segment) throws InterruptedException {
        var key = new Key(segment.id(), segment.sizeBytes());
        synchronized (kept) {
            IndexedSegment known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        IndexedSegment read = read(segment);
        synchronized (kept) {
            kept.put(key, read);
        }
        return read;
    }

    /// All of them in order, but for those that cannot be read: for a player those are gaps.
    List<IndexedSegment> readable(List<Segment> segments) throws InterruptedException {
        var tasks = new ArrayList<Future<Optional<IndexedSegment>>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Segment segment : segments) {
                tasks.add(executor.submit(() -> find(segment)));
            }
            var found = new ArrayList<IndexedSegment>();
            for (Future<Optional<IndexedSegment>> task : tasks) {
                task.get().ifPresent(found::add);
            }
            return found;
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading an index failed", e.getCause());
        }
    }

    private Optional<IndexedSegment> find(Segment segment) throws InterruptedException {
        try {
            return Optional.of(get(segment)).filter(index -> !index.fragments().isEmpty());
        } catch (PlaybackException _) {
            return Optional.empty();
        }
    }

    private IndexedSegment read(Segment segment) throws InterruptedException {
        reading.acquire();
        try (SeekableByteChannel channel = recordings.open(segment)) {
            RecordedFile file = RecordedFile.read(channel);
            return new IndexedSegment(segment, file, new BrowserPlayback(file));
        } catch (RecordingException e) {
            throw translated(segment, e);
        } catch (IOException e) {
            throw unreadable(segment, e);
        } finally {
            reading.release();
        }
    }

    static PlaybackException translated(Segment segment, RecordingException e) {
        return switch (e.category()) {
            case NOT_FOUND ->
                    new PlaybackException(
                            PlaybackException.Reason.NONE,
                            "The recording %s is not there any more.".formatted(segment.id()),
                            e);
            case UNREADABLE, VOLUME_UNUSABLE -> unreadable(segment, e);
        };
    }

    static PlaybackException unreadable(Segment segment, Exception e) {
        return new PlaybackException(
                PlaybackException.Reason.UNREADABLE,
                "The recording %s cannot be read; look at the state of the disks."
                        .formatted(segment.id()),
                e);
    }
}
