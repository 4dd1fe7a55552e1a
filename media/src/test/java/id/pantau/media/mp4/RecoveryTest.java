package id.pantau.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.StreamFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private final WrittenFile file =
            WrittenFile.of(
                            new RandomStream(
                                    new StreamFormat(TestFormats.H264, TestFormats.PCMU), 4, 11),
                            Duration.ofMillis(500))
                    .close();
    private final byte[] bytes = file.bytes();

    @Test
    void aFileCutAnywhereKeepsExactlyItsWholeFragments() throws IOException {
        long seed = Long.getLong("pantau.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        int init = (int) file.entries.getFirst().offset();
        for (int i = 0; i < 3000; i++) {
            int cut = init + random.nextInt(bytes.length - init);
            assertCut(cut);
        }
        for (RecordedFile.Entry entry : file.entries) { // the borders themselves
            for (int around = -3; around <= 3; around++) {
                assertCut((int) Math.max(init, entry.offset() + around));
            }
        }
    }

    private void assertCut(int cut) throws IOException {
        RecordedFile read = RecordedFile.read(new MemoryChannel(Arrays.copyOf(bytes, cut)));
        List<RecordedFile.Entry> whole =
                file.entries.stream()
                        .filter(entry -> entry.offset() + entry.sizeBytes() <= cut)
                        .toList();
        assertThat(read.fragments()).as("cut at %d", cut).isEqualTo(whole);
        long end =
                whole.isEmpty()
                        ? read.initBytes()
                        : whole.getLast().offset() + whole.getLast().sizeBytes();
        assertThat(read.wholeBytes()).isEqualTo(end);
        assertThat(read.closed()).isFalse();
    }

    @Test
    void aFileWithoutItsWholeInitSegmentIsRefused() {
        int init = (int) file.entries.getFirst().offset();
        int note = init - 70;
        for (int cut = 0; cut < note; cut++) {
            byte[] torn = Arrays.copyOf(bytes, cut);
            assertThatThrownBy(() -> RecordedFile.read(new MemoryChannel(torn)))
                    .isInstanceOf(MalformedMp4Exception.class);
        }
    }

    @Test
    void aReasonThatCameUpLaterIsReadWithTheFragmentsItSpeaksOf() throws IOException {
        int second = (int) file.entries.get(1).offset();
        var note = new SegmentNote("gate-1", "main", "continuous,object", RandomStream.WALL_START);
        byte[] box = note.box().toArray();
        byte[] told = new byte[bytes.length + box.length];
        System.arraycopy(bytes, 0, told, 0, second);
        System.arraycopy(box, 0, told, second, box.length);
        System.arraycopy(bytes, second, told, second + box.length, bytes.length - second);

        RecordedFile read = RecordedFile.read(new MemoryChannel(told));
        assertThat(read.reasons()).containsExactly("continuous", "continuous,object");
        assertThat(read.fragments()).hasSize(file.entries.size());
        assertThat(read.fragments().get(1).offset()).isEqualTo(second + box.length);
        assertThat(read.fragments().get(1).sizeBytes()).isEqualTo(file.entries.get(1).sizeBytes());
        assertThat(read.wholeBytes()).isEqualTo(told.length);

        int end = second + box.length + file.entries.get(1).sizeBytes();
        for (int cut = second; cut < end; cut++) { // told, but nothing whole follows
            RecordedFile torn = RecordedFile.read(new MemoryChannel(Arrays.copyOf(told, cut)));
            assertThat(torn.reasons()).containsExactly("continuous");
            assertThat(torn.wholeBytes()).isEqualTo(second);
        }
    }

    @Test
    void aTailOfZerosIsNoFragment() throws IOException {
        RecordedFile.Entry last = file.entries.getLast();
        byte[] torn = bytes.clone();
        Arrays.fill(torn, (int) last.offset(), torn.length, (byte) 0);
        RecordedFile read = RecordedFile.read(new MemoryChannel(torn));
        assertThat(read.fragments()).hasSize(file.entries.size() - 1);
        assertThat(read.wholeBytes()).isEqualTo(last.offset());
    }

    @Test
    void damageCostsTheDamagedFragmentAndNoOther() throws IOException {
        long seed = Long.getLong("pantau.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = bytes.clone();
            int which = random.nextInt(file.entries.size());
            RecordedFile.Entry hit = file.entries.get(which);
            int at = (int) hit.offset() + random.nextInt(Math.min(300, hit.sizeBytes()));
            int length = 1 + random.nextInt((int) (hit.offset() + hit.sizeBytes() - at));
            for (int j = at; j < at + Math.min(length, 64); j++) {
                damaged[j] = (byte) random.nextInt(256);
            }
            RecordedFile read = RecordedFile.read(new MemoryChannel(damaged));
            List<Long> found = read.fragments().stream().map(RecordedFile.Entry::offset).toList();
            List<Long> others =
                    file.entries.stream()
                            .map(RecordedFile.Entry::offset)
                            .filter(offset -> offset != hit.offset())
                            .toList();
            assertThat(found).as("fragment %d hit at %d", which, at).containsAll(others);
        }
    }

    /// A `moof` whose size was damaged into a plausible one swallowed the fragments it reached
    /// over.
    @Test
    void aSizeThatReachesOverOthersCostsTheDamagedFragmentOnly() throws IOException {
        RecordedFile.Entry hit = file.entries.getFirst();
        RecordedFile.Entry far = file.entries.get(file.entries.size() - 2);
        int moof = (int) hit.offset() + FragmentWriter.PRFT_BYTES;
        for (int box : new int[] {(int) hit.offset(), moof}) {
            for (int reach = -3; reach <= 3; reach++) {
                byte[] damaged = bytes.clone();
                java.nio.ByteBuffer.wrap(damaged).putInt(box, (int) far.offset() - box + reach);
                RecordedFile read = RecordedFile.read(new MemoryChannel(damaged));
                assertThat(read.fragments())
                        .as("box at %d, %d bytes beside a fragment", box, reach)
                        .hasSizeGreaterThanOrEqualTo(file.entries.size() - 1);
            }
        }
    }

    @Test
    void onlyHeadersAreRead() throws IOException {
        var big = new MemoryChannel(bigFile());
        RecordedFile read = RecordedFile.read(big);
        assertThat(read.fragments()).hasSize(20);
        assertThat(big.bytesRead).isLessThan(big.size() / 10);
    }

    private static byte[] bigFile() {
        var format = new StreamFormat(TestFormats.H264, null);
        var written = new WrittenFile(format);
        var fragmenter = new Fragmenter(format, Duration.ofSeconds(1));
        for (int i = 0; i < 20 * 25; i++) {
            var time = new id.pantau.media.MediaTime(i * 3600L);
            written.append(
                    fragmenter.add(
                            new id.pantau.media.AccessUnit(
                                    id.pantau.media.MediaKind.VIDEO,
                                    time,
                                    time,
                                    i % 50 == 0,
                                    RandomStream.WALL_START,
                                    java.nio.ByteBuffer.allocate(20_000))));
        }
        written.append(fragmenter.flush());
        return written.bytes();
    }
}
