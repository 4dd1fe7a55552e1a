package id.pantau.media.mp4;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.codec.FlacTranscoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Recorded fragments as browsers play them: the same video, G.711 repackaged losslessly as FLAC,
/// times of the file kept. Files without G.711 come out as they are. Immutable.
public final class BrowserPlayback {
    /// FLAC frames of half a second at 8 kHz: nothing waits here.
    private static final Duration FRAME = Duration.ofMillis(512);

    /// More than any packet of sound.
    private static final int MAX_PIECE_BYTES = 32_768;

    private final RecordedFile file;
    private final @Nullable AudioFormat g711;
    private final InitSegment init;

    public BrowserPlayback(RecordedFile file) {
        this.file = file;
        StreamFormat format = file.format();
        AudioFormat audio = format.audio();
        boolean rewrites =
                audio != null && (audio.codec() == Codec.PCMU || audio.codec() == Codec.PCMA);
        g711 = rewrites ? audio : null;
        AudioFormat played =
                rewrites && audio != null ? new FlacTranscoder(audio, FRAME).format() : audio;
        init = InitSegment.of(new StreamFormat(format.video(), played), null);
    }

    /// Whether anything has to be rewritten; if not, bytes may be sent from the file as they are.
    public boolean rewrites() {
        return g711 != null;
    }

    /// Of live shape: without the segment's note.
    public InitSegment init() {
        return init;
    }

    /// @param first index of a fragment in the file
    /// @param last index of the last one, inclusive
    /// @return a media segment: the buffers in order
    /// @throws IndexOutOfBoundsException when the file has no such fragments
    /// @throws MalformedMp4Exception when the file is not what its index says
    public List<ByteBuffer> fragments(SeekableByteChannel channel, int first, int last)
            throws IOException {
        Objects.checkFromToIndex(first, last + 1, file.fragments().size());
        var boxes = new BoxScanner(channel);
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            RecordedFile.Entry entry = file.fragments().get(i);
            if (g711 == null) {
                buffers.add(boxes.read(entry.offset(), entry.sizeBytes()));
            } else {
                buffers.addAll(rewrite(channel, entry, i + 1L, g711));
            }
        }
        return buffers;
    }

    private List<ByteBuffer> rewrite(
            SeekableByteChannel channel, RecordedFile.Entry entry, long sequence, AudioFormat audio)
            throws IOException {
        List<AccessUnit> video = new ArrayList<>();
        List<AccessUnit> sound = new ArrayList<>();
        var transcoder = new FlacTranscoder(audio, FRAME);
        for (AccessUnit unit : file.units(channel, entry)) {
            if (unit.isVideo()) {
                video.add(unit);
            } else {
                transcode(transcoder, unit, audio, sound);
            }
        }
        AccessUnit rest = transcoder.flush();
        if (rest != null) {
            sound.add(rest);
        }
        List<SampleRun> runs = new ArrayList<>(2);
        if (!video.isEmpty()) {
            runs.add(videoRun(video, entry));
        }
        if (!sound.isEmpty()) {
            runs.add(audioRun(sound));
        }
        return runs.isEmpty() ? List.of() : FragmentWriter.write(sequence, entry.wallStart(), runs);
    }

    private static void transcode(
            FlacTranscoder transcoder, AccessUnit unit, AudioFormat audio, List<AccessUnit> out) {
        int bytesEach = MAX_PIECE_BYTES / audio.channels() * audio.channels();
        ByteBuffer payload = unit.payload();
        for (int at = 0; at < payload.limit(); at += bytesEach) {
            ByteBuffer piece = payload.slice(at, Math.min(bytesEach, payload.limit() - at));
            MediaTime offset = MediaTime.of(at / audio.channels(), audio.sampleRateHz());
            MediaTime time = unit.dts().plus(offset.since(MediaTime.ZERO));
            AccessUnit done =
                    transcoder.add(
                            new AccessUnit(
                                    MediaKind.AUDIO, time, time, true, unit.wallTime(), piece));
            if (done != null) {
                out.add(done);
            }
        }
    }

    private static SampleRun videoRun(List<AccessUnit> units, RecordedFile.Entry entry) {
        var run = new SampleRun(MovieHeaderWriter.VIDEO_TRACK);
        run.baseTime = units.getFirst().dts().ticks90k();
        run.startsWithKeyFrame = units.getFirst().keyFrame();
        // durations are rounded down to the nanosecond
        MediaTime end = entry.start().plus(entry.duration().plusNanos(5_000));
        for (int i = 0; i < units.size(); i++) {
            AccessUnit unit = units.get(i);
            MediaTime next = i + 1 < units.size() ? units.get(i + 1).dts() : end;
            run.add(unit.payload(), distance(unit.dts(), next), distance(unit.dts(), unit.pts()));
        }
        return run;
    }

    private SampleRun audioRun(List<AccessUnit> units) {
        AudioFormat flac = Objects.requireNonNull(init.format().audio());
        var samples = new AudioSamples(flac);
        var run = new SampleRun(MovieHeaderWriter.AUDIO_TRACK);
        run.baseTime = units.getFirst().dts().in(flac.sampleRateHz());
        for (int i = 0; i < units.size(); i++) {
            AccessUnit unit = units.get(i);
            int length = samples.count(unit.payload());
            if (i + 1 < units.size()) {
                long distance =
                        units.get(i + 1).dts().in(flac.sampleRateHz())
                                - unit.dts().in(flac.sampleRateHz());
                length = (int) Math.clamp(distance, 1, Integer.MAX_VALUE);
            }
            run.add(unit.payload(), length, 0);
        }
        return run;
    }

    private static int distance(MediaTime from, MediaTime to) {
        return (int) Math.clamp(to.ticks90k() - from.ticks90k(), 0, Integer.MAX_VALUE);
    }
}
