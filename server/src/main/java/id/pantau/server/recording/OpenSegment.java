package id.pantau.server.recording;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import id.pantau.media.mp4.ClosingIndex;
import id.pantau.media.mp4.Fragment;
import id.pantau.media.mp4.InitSegment;
import id.pantau.media.mp4.RecordedFile;
import id.pantau.media.mp4.SegmentNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A segment being written by its recorder's thread; the volume's flusher forces it. The order:
/// file with its first fragment, fsync file, fsync directory, more fragments, closing index, fsync
/// file; the caller writes the row then.
final class OpenSegment {
    private final Volume volume;
    private final SegmentName name;
    private volatile SegmentNote note;
    private final StreamFormat format;
    private final FileChannel channel;
    private final List<RecordedFile.Entry> entries = new ArrayList<>(); // recorder's thread only
    private final long startMs;
    private long position; // recorder's thread only
    private String lastReason; // recorder's thread only
    private volatile boolean finished;
    private volatile long forcedBytes;
    private volatile Progress progress;

    /// What readers may see.
    record Progress(long wholeBytes, long endMs, long recordedMs) {}

    private OpenSegment(
            Volume volume,
            SegmentName name,
            SegmentNote note,
            StreamFormat format,
            FileChannel channel) {
        this.volume = volume;
        this.name = name;
        this.note = note;
        this.lastReason = note.reason();
        this.format = format;
        this.channel = channel;
        this.startMs = SegmentReading.roundedMs(note.startAt());
        this.progress = new Progress(0, startMs, 0);
    }

    /// Creates the file with its first fragment, durably. Never writes over a file.
    ///
    /// @throws VolumeTrouble when the volume cannot or must not take it; what was created stays for
    ///   [Salvage]
    static OpenSegment create(Volume volume, SegmentNote note, StreamFormat format, Fragment first)
            throws VolumeTrouble {
        return volume.timed(
                "create a segment",
                () -> {
                    volume.checkIdentity();
                    OpenSegment segment = createFile(volume, note, format);
                    boolean done = false;
                    try {
                        segment.write(List.of(InitSegment.of(format, note).bytes().buffer()));
                        segment.writeFragment(first);
                        segment.force();
                        Directories.force(segment.name.directoryUnder(volume.root()));
                        done = true;
                    } finally {
                        if (!done) {
                            segment.abandon();
                        }
                    }
                    volume.opened(segment);
                    return segment;
                });
    }

    private static OpenSegment createFile(Volume volume, SegmentNote note, StreamFormat format)
            throws IOException {
        for (int copy = 1; ; copy++) {
            var name = SegmentName.of(note.camera(), note.startAt(), copy);
            Directories.create(volume.root(), name.directoryUnder(volume.root()));
            try {
                FileChannel channel =
                        FileChannel.open(
                                name.under(volume.root()),
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE_NEW);
                return new OpenSegment(volume, name, note, format, channel);
            } catch (FileAlreadyExistsException e) {
                if (copy > 1000) {
                    throw e;
                }
            } catch (NoSuchFileException e) {
                // retention removed the day's empty directory in between; it does not do it twice
                if (copy > 1 || !Files.exists(volume.root().resolve(VolumeIdentity.FILE))) {
                    throw e;
                }
            }
        }
    }

    SegmentName name() {
        return name;
    }

    Path path() {
        return name.under(volume.root());
    }

    Volume volume() {
        return volume;
    }

    StreamFormat format() {
        return format;
    }

    long startMs() {
        return startMs;
    }

    Progress progress() {
        return progress;
    }

    /// As a segment: what is whole so far.
    Segment view() {
        Progress now = progress;
        VideoFormat video = format.video();
        AudioFormat audio = format.audio();
        return new Segment(
                name.id(),
                note.camera(),
                note.stream(),
                Instant.ofEpochMilli(startMs),
                Instant.ofEpochMilli(Math.max(now.endMs(), startMs + 1)),
                Duration.ofMillis(now.recordedMs()),
                volume.id(),
                now.wholeBytes(),
                note.reason(),
                video == null ? null : video.codec(),
                audio == null ? null : audio.codec(),
                false,
                true);
    }

    /// @param reason why, words of [Reason]: what the file does not say yet is written before the
    ///   fragment
    void append(Fragment fragment, String reason) throws VolumeTrouble {
        volume.<Object>timed(
                "append a fragment",
                () -> {
                    tell(reason);
                    writeFragment(fragment);
                    return fragment;
                });
    }

    private void tell(String reason) throws IOException {
        if (reason.equals(lastReason)) {
            return;
        }
        lastReason = reason;
        String all = Reason.join(List.of(note.reason(), reason));
        if (!all.equals(note.reason())) {
            var more = new SegmentNote(note.camera(), note.stream(), all, note.startAt());
            write(List.of(more.box().buffer()));
            note = more;
        }
    }

    private void writeFragment(Fragment fragment) throws IOException {
        entries.add(RecordedFile.Entry.of(position, fragment));
        write(fragment.buffers());
        long from = SegmentReading.roundedMs(fragment.wallStart());
        long end = SegmentReading.roundedMs(fragment.wallStart().plus(fragment.duration()));
        Progress before = progress;
        long covered = from - before.endMs() >= CoverageLedger.EXACT_MS ? from : before.endMs();
        long endMs = Math.max(before.endMs(), end);
        progress =
                new Progress(position, endMs, before.recordedMs() + Math.max(0, endMs - covered));
    }

    private void write(List<ByteBuffer> buffers) throws IOException {
        ByteBuffer[] own = new ByteBuffer[buffers.size()];
        long left = 0;
        for (int i = 0; i < own.length; i++) {
            own[i] = buffers.get(i).duplicate();
            left += own[i].remaining();
        }
        long size = left;
        while (left > 0) {
            left -= channel.write(own);
        }
        position += size;
        volume.wrote(size);
    }

    /// Called by the flusher, side by side with the recorder's thread.
    void flush() {
        if (finished || forcedBytes == progress.wholeBytes()) {
            return;
        }
        try {
            volume.<Object>timed(
                    "force a segment",
                    () -> {
                        force();
                        return this;
                    });
        } catch (VolumeTrouble _) {
            // the volume is ill now; the recorder sees it and leaves the segment to Salvage
        }
    }

    private void force() throws IOException {
        long upTo = progress.wholeBytes();
        try {
            channel.force(false);
            forcedBytes = upTo;
        } catch (java.nio.channels.ClosedChannelException e) {
            if (!finished) {
                throw e;
            }
        }
    }

    /// Writes the closing index, makes the file durable and reads it back.
    ///
    /// @return the row for the ledger
    SegmentReading finish() throws VolumeTrouble {
        return volume.timed(
                "close a segment",
                () -> {
                    Bytes index = ClosingIndex.of(format, entries);
                    write(List.of(index.buffer()));
                    channel.force(true);
                    finished = true;
                    channel.close();
                    var reading = SegmentReading.of(volume.id(), volume.root(), name);
                    volume.closed(this);
                    return reading;
                });
    }

    /// Leaves the file as it is, for [Salvage].
    void abandon() {
        finished = true;
        volume.closed(this);
        try {
            channel.close();
        } catch (IOException _) {
            // there is nothing left to lose
        }
    }
}
