package id.pantau.media.mp4;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final StreamFormat AAC = new StreamFormat(TestFormats.H264, TestFormats.AAC_48K);

    @Test
    void filesThatFollowEachOtherBecomeOneWithoutSeam() throws IOException {
        var stream = new RandomStream(AAC, 9, 21);
        List<WrittenFile> files = rotate(stream);
        Export export = Export.of(files.stream().map(ExportTest::whole).toList(), Export.Gaps.KEPT);
        byte[] bytes = write(export);

        assertThat(bytes).hasSize((int) export.sizeBytes());
        assertThat(export.gaps()).isZero();
        RecordedFile read = RecordedFile.read(new MemoryChannel(bytes));
        assertThat(read.format()).isEqualTo(AAC);
        assertContinuous(read, bytes, stream.units.size());
    }

    @Test
    void aGapIsKeptOrClosed() throws IOException {
        var stream = new RandomStream(AAC, 12, 4);
        List<WrittenFile> files = rotate(stream);
        assertThat(files).hasSizeGreaterThan(2);
        Duration missing = length(files.get(1));
        List<Export.Run> runs = List.of(whole(files.getFirst()), whole(files.getLast()));

        Export kept = Export.of(runs, Export.Gaps.KEPT);
        Export closed = Export.of(runs, Export.Gaps.CLOSED);
        assertThat(kept.gaps()).isEqualTo(files.size() > 2 ? 1 : 0);
        assertThat(closed.gaps()).isEqualTo(kept.gaps());
        assertThat(kept.duration().minus(closed.duration()))
                .isGreaterThanOrEqualTo(missing.minusMillis(1));
        assertThat(write(kept)).hasSize((int) kept.sizeBytes());
        byte[] bytes = write(closed);
        int units = 0;
        for (Export.Run run : runs) {
            for (RecordedFile.Entry entry : run.fragments()) {
                units += run.file().units(run.opener().open(), entry).size();
            }
        }
        assertContinuous(RecordedFile.read(new MemoryChannel(bytes)), bytes, units);
    }

    @Test
    void anotherDecoderConfigurationHasItsOwnSampleEntryAndParameterSetsInBand()
            throws IOException {
        var before = WrittenFile.of(new RandomStream(AAC, 2, 1), SECOND);
        var changed = new StreamFormat(TestFormats.H264_CHANGED, TestFormats.PCMU);
        var after = WrittenFile.of(new RandomStream(changed, 2, 2), SECOND);
        Export export = Export.of(List.of(whole(before), whole(after)), Export.Gaps.CLOSED);
        byte[] bytes = write(export);
        assertThat(bytes).hasSize((int) export.sizeBytes());

        var boxes = new BoxScanner(new MemoryChannel(bytes));
        MovieHeader movie = InitSegmentReader.read(boxes).movie();
        MediaTrack video = requireNonNull(movie.video());
        MediaTrack audio = requireNonNull(movie.audio());
        assertThat(video.entry(2).video()).isEqualTo(TestFormats.H264_CHANGED);
        assertThat(audio.entry(2).audio()).isEqualTo(TestFormats.PCMU);
        assertThat(audio.timescale()).isEqualTo(48_000);

        RecordedFile read = RecordedFile.read(new MemoryChannel(bytes));
        int border = before.entries.size();
        List<AccessUnit> first = read.units(new MemoryChannel(bytes), read.fragments().get(border));
        ByteBuffer payload = first.getFirst().payload();
        byte[] sps = new byte[payload.getInt()];
        payload.get(sps);
        assertThat(sps).isEqualTo(TestFormats.H264_CHANGED.sps().getFirst().toArray());
        List<AccessUnit> sound =
                first.stream().filter(unit -> unit.kind() == MediaKind.AUDIO).toList();
        assertThat(sound.get(1).dts().since(sound.get(0).dts())).isEqualTo(Duration.ofMillis(20));
        assertThat(sound.getFirst().sizeBytes()).isEqualTo(160);
    }

    private static void assertContinuous(RecordedFile read, byte[] bytes, int units)
            throws IOException {
        int seen = 0;
        for (MediaKind kind : MediaKind.values()) {
            MediaTime last = new MediaTime(-1);
            for (RecordedFile.Entry entry : read.fragments()) {
                for (AccessUnit unit : read.units(new MemoryChannel(bytes), entry)) {
                    if (unit.kind() == kind) {
                        assertThat(unit.dts()).isGreaterThan(last);
                        last = unit.dts();
                        seen++;
                    }
                }
            }
        }
        assertThat(seen).isEqualTo(units);
        MediaTime end = MediaTime.ZERO;
        for (RecordedFile.Entry entry : read.fragments()) {
            assertThat(entry.start()).isBetween(end, end.plus(Duration.ofMillis(100)));
            end = entry.start().plus(entry.duration().plusNanos(5_000));
        }
    }

    /// Begins a new file at every second key frame, as the recorder does: the file before is
    /// flushed, sound that comes later goes into the new one.
    private static List<WrittenFile> rotate(RandomStream stream) {
        List<WrittenFile> files = new ArrayList<>();
        WrittenFile file = new WrittenFile(stream.format);
        var fragmenter = new Fragmenter(stream.format, SECOND);
        int keys = 0;
        for (AccessUnit unit : stream.units) {
            if (unit.isVideo() && unit.keyFrame() && ++keys % 2 == 0) {
                file.append(fragmenter.flush());
                files.add(file);
                file = new WrittenFile(stream.format);
                fragmenter = new Fragmenter(stream.format, SECOND);
            }
            file.append(fragmenter.add(unit));
        }
        file.append(fragmenter.flush());
        files.add(file);
        return files;
    }

    private static Duration length(WrittenFile file) {
        return file.entries.stream()
                .map(RecordedFile.Entry::duration)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Export.Run whole(WrittenFile file) {
        try {
            RecordedFile read = file.read();
            return new Export.Run(read, read.fragments(), () -> new MemoryChannel(file.bytes()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] write(Export export) throws IOException {
        var out = new ByteArrayOutputStream();
        export.writeTo(MemoryChannel.into(out));
        return out.toByteArray();
    }
}
