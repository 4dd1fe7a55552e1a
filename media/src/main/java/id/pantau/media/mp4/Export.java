package id.pantau.media.mp4;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// One playable MP4 made of runs of fragments of several recorded files, streamed while it is read.
/// Samples are not touched: only times and numbers in the fragments' headers change, so that the
/// size is known before the first byte is written. When the camera's decoder configuration changed
/// on the way there is a sample entry for each, and for players that look at the first one only,
/// every key frame carries its parameter sets. Immutable.
public final class Export {
    /// Wall clocks this near to each other leave no gap.
    private static final Duration SEAMLESS = Duration.ofMillis(100);

    /// How far apart the sound of two files may be and still be joined exactly, as part of a
    /// second.
    private static final int AUDIO_JOIN = 50;

    /// Opens a recorded file for reading; it is closed after its run.
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

    private final List<Run> runs;
    private final List<VideoFormat> videoFormats;
    private final List<AudioFormat> audioFormats;
    private final int audioTimescale;
    private final InitSegment init;
    private final List<Long> starts = new ArrayList<>(); // of every fragment, in ticks of 1/90000 s
    private final long sizeBytes;
    private final Duration duration;
    private final int gaps;

    private Export(List<Run> runs, Gaps policy) {
        this.runs = runs.stream().filter(run -> !run.fragments().isEmpty()).toList();
        if (this.runs.isEmpty()) {
            throw new IllegalArgumentException("nothing to export");
        }
        videoFormats = formats(format -> Stream.ofNullable(format.video()));
        audioFormats = formats(format -> Stream.ofNullable(format.audio()));
        audioTimescale =
                audioFormats.stream().mapToInt(AudioFormat::sampleRateHz).reduce(1, Export::lcm);
        init = makeInit();
        long end = 0;
        long bytes = init.bytes().size();
        int missing = 0;
        Instant expected = null;
        for (Run run : this.runs) {
            for (RecordedFile.Entry entry : run.fragments()) {
                Duration gap =
                        expected == null
                                ? Duration.ZERO
                                : Duration.between(expected, entry.wallStart());
                if (gap.compareTo(SEAMLESS) > 0) {
                    missing++;
                    end += policy == Gaps.KEPT ? MediaTime.ZERO.plus(gap).ticks90k() : 0;
                }
                starts.add(end);
                end += ticks(entry.duration());
                expected = entry.wallStart().plus(entry.duration());
                bytes += entry.sizeBytes() + parameterSets(run, entry).size();
            }
        }
        gaps = missing;
        sizeBytes = bytes;
        duration = new MediaTime(end).since(MediaTime.ZERO);
    }

    /// @param runs by time; at least one fragment in all
    /// @throws IllegalArgumentException when there is no fragment
    public static Export of(List<Run> runs, Gaps gaps) {
        return new Export(runs, gaps);
    }

    /// `ftyp` and `moov` with every decoder configuration that occurs.
    public InitSegment init() {
        return init;
    }

    /// What [#writeTo] will write, to the byte.
    public long sizeBytes() {
        return sizeBytes;
    }

    /// Media time of the whole, planned by the pictures.
    public Duration duration() {
        return duration;
    }

    /// Times that are missing between fragments, longer than 0.1 s.
    public int gaps() {
        return gaps;
    }

    /// Writes everything, one fragment in memory at a time.
    ///
    /// @throws MalformedMp4Exception when a recorded file is not what its index says
    public void writeTo(WritableByteChannel out) throws IOException {
        writeFully(out, init.bytes().buffer());
        var progress = new Progress();
        for (Run run : runs) {
            try (SeekableByteChannel channel = run.opener().open()) {
                var boxes = new BoxScanner(channel);
                for (RecordedFile.Entry entry : run.fragments()) {
                    ByteBuffer fragment = boxes.read(entry.offset(), entry.sizeBytes());
                    for (ByteBuffer buffer : edit(run, entry, fragment, progress)) {
                        writeFully(out, buffer);
                    }
                }
            }
        }
    }

    /// How far writing has come.
    private static final class Progress {
        int number;

        /// Where the sound written so far ends, in the new timescale.
        long audioEnd = Long.MIN_VALUE;

        /// What closed gaps needed more than planned, as sound outlasted the pictures; 1/90000 s.
        long delay;
    }

    private List<ByteBuffer> edit(
            Run run, RecordedFile.Entry entry, ByteBuffer fragment, Progress progress)
            throws MalformedMp4Exception {
        StreamFormat format = run.file().format();
        AudioFormat audioFormat = format.audio();
        long shift = starts.get(progress.number) - entry.start().ticks90k() + progress.delay;
        var audio = new FragmentEditor.TrackChange(1, 0, 1);
        AudioSpan span = AudioSpan.of(fragment);
        if (audioFormat != null && span != null) {
            int scale = audioTimescale / audioFormat.sampleRateHz();
            long audioShift = new MediaTime(shift).in(audioTimescale);
            long seam = progress.audioEnd - span.start() * scale - audioShift;
            if (progress.audioEnd == Long.MIN_VALUE || -seam > audioTimescale / AUDIO_JOIN) {
                audioShift = Math.max(audioShift, -span.start() * scale);
            } else {
                if (seam > audioTimescale / AUDIO_JOIN) {
                    long delay = MediaTime.of(seam, audioTimescale).ticks90k();
                    progress.delay += delay;
                    shift += delay;
                }
                audioShift += seam; // sound continues without a seam where the pictures do
            }
            int sampleEntry = audioFormats.indexOf(audioFormat) + 1;
            audio = new FragmentEditor.TrackChange(sampleEntry, audioShift, scale);
            progress.audioEnd = span.end() * scale + audioShift;
        }
        VideoFormat videoFormat = format.video();
        int sampleEntry = videoFormat == null ? 1 : videoFormats.indexOf(videoFormat) + 1;
        var video = new FragmentEditor.TrackChange(sampleEntry, shift, 1);
        progress.number++;
        return new FragmentEditor(fragment)
                .edit(progress.number, video, audio, parameterSets(run, entry).buffer());
    }

    /// Empty unless the decoder configuration changes somewhere.
    private Bytes parameterSets(Run run, RecordedFile.Entry entry) {
        VideoFormat video = run.file().format().video();
        if (video == null || videoFormats.size() < 2 || !entry.keyFrame()) {
            return Bytes.EMPTY;
        }
        var out = new BoxWriter(256);
        Stream.of(video.vps(), video.sps(), video.pps())
                .flatMap(List::stream)
                .forEach(set -> out.u32(set.size()).bytes(set));
        return out.toBytes();
    }

    private InitSegment makeInit() {
        var out = new BoxWriter(2048);
        MovieHeaderWriter.write(out, videoFormats, audioFormats, audioTimescale);
        var format =
                new StreamFormat(
                        videoFormats.isEmpty() ? null : videoFormats.getFirst(),
                        audioFormats.isEmpty() ? null : audioFormats.getFirst());
        return new InitSegment(out.toBytes(), format, InitSegment.codecs(format));
    }

    private <T> List<T> formats(java.util.function.Function<StreamFormat, Stream<T>> of) {
        return runs.stream()
                .map(run -> run.file().format())
                .flatMap(of)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static long ticks(Duration duration) {
        // durations were rounded down to the nanosecond
        return MediaTime.ZERO.plus(duration.plusNanos(5_000)).ticks90k();
    }

    private static int lcm(int a, int b) {
        int x = a;
        int y = b;
        while (y != 0) {
            int rest = x % y;
            x = y;
            y = rest;
        }
        return Math.multiplyExact(a / x, b);
    }

    private static void writeFully(WritableByteChannel out, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }
}
