package id.pantau.media.mp4;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FragmenterTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<StreamFormat> formats() {
        List<StreamFormat> formats = new ArrayList<>();
        for (VideoFormat video : new VideoFormat[] {TestFormats.H264, TestFormats.H265}) {
            formats.add(new StreamFormat(video, null));
            for (AudioFormat audio : audios()) {
                formats.add(new StreamFormat(video, audio));
            }
        }
        audios().forEach(audio -> formats.add(new StreamFormat(null, audio)));
        return formats.stream();
    }

    private static List<AudioFormat> audios() {
        return List.of(
                TestFormats.AAC_48K,
                TestFormats.AAC_44K,
                TestFormats.PCMU,
                TestFormats.PCMA,
                TestFormats.OPUS);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsWrittenIsReadBack(StreamFormat format) throws IOException {
        for (long seed = 1; seed <= 8; seed++) {
            var stream = new RandomStream(format, 3 + seed % 3, seed);
            WrittenFile written = WrittenFile.of(stream, SECOND).close();
            RecordedFile read = written.read();

            assertThat(read.format()).isEqualTo(format);
            assertThat(read.note()).isEqualTo(WrittenFile.NOTE);
            assertThat(read.fragments()).as("seed %d", seed).isEqualTo(written.entries);
            assertThat(read.closed()).isTrue();
            assertThat(read.wholeBytes()).isEqualTo(read.fileBytes());
            assertSameUnits(stream, read, new MemoryChannel(written.bytes()), seed);
        }
    }

    private static void assertSameUnits(
            RandomStream stream, RecordedFile file, MemoryChannel channel, long seed)
            throws IOException {
        List<AccessUnit> read = new ArrayList<>();
        for (RecordedFile.Entry entry : file.fragments()) {
            read.addAll(file.units(channel, entry));
        }
        for (MediaKind kind : MediaKind.values()) {
            List<AccessUnit> wanted = stream.of(kind);
            List<AccessUnit> got = read.stream().filter(unit -> unit.kind() == kind).toList();
            assertThat(got).as("seed %d %s", seed, kind).hasSameSizeAs(wanted);
            MediaTime zero = stream.units.getFirst().dts();
            for (int i = 0; i < got.size(); i++) {
                AccessUnit unit = got.get(i);
                AccessUnit original = wanted.get(i);
                long since = original.dts().ticks90k() - zero.ticks90k();
                assertThat(unit.dts().ticks90k()).as("seed %d unit %d", seed, i).isEqualTo(since);
                assertThat(unit.pts().ticks90k() - unit.dts().ticks90k())
                        .isEqualTo(original.pts().ticks90k() - original.dts().ticks90k());
                assertThat(unit.keyFrame()).isEqualTo(original.keyFrame());
                assertThat(unit.payload()).isEqualTo(original.payload());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void soundThatFollowsItselfHasNeitherSeamsNorDrift(StreamFormat format) throws IOException {
        if (format.audio() == null) {
            return;
        }
        var stream = new RandomStream(format, 20, 5);
        byte[] bytes = WrittenFile.of(stream, SECOND).bytes();
        long expected = 0;
        for (MovieFragment fragment : fragments(bytes)) {
            SampleTable audio = fragment.samples(MediaKind.AUDIO);
            if (audio != null) {
                assertThat(audio.time(0)).isEqualTo(expected);
                expected = audio.end();
            }
        }
        int frame = format.audio().codec() == id.pantau.media.Codec.AAC ? 1024 : 0;
        if (frame > 0) {
            assertThat(expected).isEqualTo((long) stream.of(MediaKind.AUDIO).size() * frame);
        }
    }

    @Test
    void aFragmentIsCutBeforeAKeyFrameAndBeforeItBecomesTooLong() throws IOException {
        var stream = new RandomStream(new StreamFormat(TestFormats.H264, TestFormats.PCMU), 10, 3);
        List<AccessUnit> keys =
                stream.of(MediaKind.VIDEO).stream().filter(AccessUnit::keyFrame).toList();
        WrittenFile file = WrittenFile.of(stream, SECOND);

        assertThat(file.entries)
                .allSatisfy(it -> assertThat(it.duration()).isLessThanOrEqualTo(SECOND));
        assertThat(file.entries.stream().filter(RecordedFile.Entry::keyFrame)).hasSameSizeAs(keys);
        MediaTime end = MediaTime.ZERO;
        for (RecordedFile.Entry entry : file.entries) {
            assertThat(entry.start()).isEqualTo(end);
            end = end.plus(entry.duration().plusNanos(5_000));
        }
    }

    @Test
    void payloadsAreNotCopied() {
        byte[] array = {0, 0, 0, 2, 0x65, 1};
        var fragmenter = new Fragmenter(new StreamFormat(TestFormats.H264, null), SECOND);
        fragmenter.add(video(0, true, ByteBuffer.wrap(array)));
        Fragment fragment = requireNonNull(fragmenter.flush());
        array[5] = 42;
        assertThat(fragment.buffers()).hasSize(2);
        assertThat(fragment.buffers().get(1).get(5)).isEqualTo((byte) 42);
        assertThat(fragment.buffers().getFirst().isReadOnly()).isTrue();
    }

    @Test
    void unitsBeforeTheFirstKeyFrameAreIgnored() {
        var fragmenter =
                new Fragmenter(new StreamFormat(TestFormats.H264, TestFormats.PCMU), SECOND);
        assertThat(fragmenter.add(video(0, false))).isNull();
        assertThat(fragmenter.add(sound(100))).isNull();
        assertThat(fragmenter.flush()).isNull();
    }

    @Test
    void liveFragmentsHoldOnePictureAndTheSoundBeforeIt() throws IOException {
        var stream =
                new RandomStream(new StreamFormat(TestFormats.H264, TestFormats.AAC_48K), 4, 9);
        var fragmenter = Fragmenter.immediate(stream.format);
        var file = new WrittenFile(stream.format);
        for (AccessUnit unit : stream.units) {
            Fragment fragment = fragmenter.add(unit);
            assertThat(fragment == null).isEqualTo(!unit.isVideo());
            file.append(fragment);
        }
        file.append(fragmenter.flush());
        assertSameUnits(stream, file.read(), new MemoryChannel(file.bytes()), 9);
    }

    @Test
    void livePicturesLastAsLongAsTheOnesBefore() {
        var fragmenter = Fragmenter.immediate(new StreamFormat(TestFormats.H264, null));
        fragmenter.add(video(0, true));
        fragmenter.add(video(9000, false));
        Fragment third = requireNonNull(fragmenter.add(video(18_000, false)));
        assertThat(third.duration()).isEqualTo(Duration.ofMillis(100));
        assertThat(third.start()).isEqualTo(new MediaTime(18_000));
    }

    @Test
    void soundThatComesLateIsKeptAndMovesTheFilesZero() throws IOException {
        var format = new StreamFormat(TestFormats.H264, TestFormats.PCMU);
        var file = new WrittenFile(format);
        List<AccessUnit> units = new ArrayList<>();
        units.add(video(90_000, true));
        for (int i = -3; i < 50; i++) {
            units.add(sound(90_000 + i * 1800L));
        }
        units.add(video(93_600, false));
        file.addAll(new Fragmenter(format, SECOND), units);

        RecordedFile read = file.read();
        List<AccessUnit> got =
                read.units(new MemoryChannel(file.bytes()), read.fragments().getFirst());
        assertThat(got).hasSize(55);
        assertThat(read.fragments().getFirst().start()).isEqualTo(new MediaTime(3 * 1800));
        assertThat(got.get(2).isVideo()).isFalse();
        assertThat(got.get(2).dts()).isEqualTo(MediaTime.ZERO);
    }

    @Test
    void aPictureThatDoesNotComeHoldsUpNoSound() throws IOException {
        var format = new StreamFormat(TestFormats.H264, TestFormats.PCMU);
        var file = new WrittenFile(format);
        List<AccessUnit> units = new ArrayList<>();
        units.add(video(0, true));
        units.add(video(3600, false));
        for (int i = 0; i < 1000; i++) {
            units.add(sound(i * 1800L));
        }
        units.add(video(1000 * 1800L, false));
        file.addAll(new Fragmenter(format, SECOND), units);

        assertThat(file.entries).hasSizeGreaterThan(4);
        RecordedFile read = file.read();
        List<AccessUnit> got = new ArrayList<>();
        for (RecordedFile.Entry entry : read.fragments()) {
            got.addAll(read.units(new MemoryChannel(file.bytes()), entry));
        }
        assertThat(got).hasSameSizeAs(units);
    }

    @Test
    void aClockThatRunsBackwardsFillsNoMemory() {
        for (boolean pictures : new boolean[] {true, false}) {
            var fragmenter =
                    new Fragmenter(
                            new StreamFormat(pictures ? TestFormats.H264 : null, TestFormats.PCMU),
                            SECOND);
            int fragments = 0;
            for (long i = 0; i < 20_000; i++) {
                boolean cut = fragmenter.add(pictures ? video(-i, i == 0) : sound(-i)) != null;
                fragments += cut ? 1 : 0;
            }
            assertThat(fragments).isPositive();
        }
    }

    @Test
    void aGapStaysAGapWhenTheFragmenterIsFlushedBeforeIt() {
        var fragmenter = new Fragmenter(new StreamFormat(TestFormats.H264, null), SECOND);
        fragmenter.add(video(0, true));
        fragmenter.add(video(3600, false));
        Fragment before = requireNonNull(fragmenter.flush());
        fragmenter.add(video(900_000, true));
        fragmenter.add(video(903_600, false));
        Fragment after = requireNonNull(fragmenter.flush());
        assertThat(before.duration()).isEqualTo(Duration.ofMillis(80));
        assertThat(after.start()).isEqualTo(new MediaTime(900_000));
    }

    @Test
    void aMissingSoundFrameLeavesItsPlaceEmpty() throws IOException {
        var format = new StreamFormat(null, TestFormats.PCMU);
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            if (i != 7) {
                units.add(sound(i * 1800L));
            }
        }
        var file = new WrittenFile(format).addAll(new Fragmenter(format, SECOND), units);
        SampleTable audio =
                requireNonNull(fragments(file.bytes()).getFirst().samples(MediaKind.AUDIO));
        assertThat(audio.time(7)).isEqualTo(8 * 160);
        assertThat(audio.end()).isEqualTo(20 * 160);
    }

    private static List<MovieFragment> fragments(byte[] bytes) throws IOException {
        var boxes = new BoxScanner(new MemoryChannel(bytes));
        InitSegmentReader init = InitSegmentReader.read(boxes);
        var scanner = new FragmentScanner(boxes, init.movie(), init.end());
        List<MovieFragment> fragments = new ArrayList<>();
        FragmentScanner.@Nullable Found found;
        while ((found = scanner.next()) != null) {
            fragments.add(found.fragment());
        }
        return fragments;
    }

    private static AccessUnit video(long ticks, boolean key) {
        return video(
                ticks, key, ByteBuffer.wrap(new byte[] {0, 0, 0, 1, (byte) (key ? 0x65 : 0x41)}));
    }

    private static AccessUnit video(long ticks, boolean key, ByteBuffer payload) {
        var time = new MediaTime(ticks);
        return new AccessUnit(MediaKind.VIDEO, time, time, key, RandomStream.WALL_START, payload);
    }

    private static AccessUnit sound(long ticks) {
        var time = new MediaTime(ticks);
        return new AccessUnit(
                MediaKind.AUDIO,
                time,
                time,
                true,
                RandomStream.WALL_START,
                ByteBuffer.wrap(new byte[160]));
    }
}
