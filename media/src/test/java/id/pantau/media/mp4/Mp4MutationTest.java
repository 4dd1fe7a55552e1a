package id.pantau.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamFormat;
import id.pantau.media.codec.FlacTranscoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged files for `pantau.mutation.seconds` (default 1).
class Mp4MutationTest {
    @TempDir Path temp;

    @Test
    void readersSurviveWhateverIsInAFile() throws IOException {
        long seed = Long.getLong("pantau.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        List<byte[]> seeds = seeds();
        long end = System.nanoTime() + Long.getLong("pantau.mutation.seconds", 1) * 1_000_000_000;
        long rounds = 0;
        long read = 0;
        while (System.nanoTime() < end || rounds < 100) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            mutate(input, random);
            read += survives(input, temp.resolve("input.mp4")) ? 1 : 0;
            rounds++;
        }
        System.out.printf("%d files, %d of them readable%n", rounds, read);
        assertThat(read).isPositive();
    }

    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        var flac = new FlacTranscoder(TestFormats.PCMU, FlacTranscoder.LIVE_LATENCY).format();
        for (StreamFormat format :
                List.of(
                        new StreamFormat(TestFormats.H264, TestFormats.PCMU),
                        new StreamFormat(TestFormats.H265, TestFormats.AAC_44K),
                        new StreamFormat(null, TestFormats.OPUS))) {
            seeds.add(
                    WrittenFile.of(new RandomStream(format, 1, 5), Duration.ofMillis(300))
                            .close()
                            .bytes());
        }
        seeds.add(ProgressiveFile.of(new int[] {1024, 2560, 1024, 0, 512}, 1024, true));
        seeds.add(InitSegment.of(new StreamFormat(null, flac), null).bytes().toArray());
        return seeds;
    }

    /// Bytes, and 32-bit fields with values that hurt; mostly in headers.
    private static void mutate(byte[] input, Random random) {
        int[] nasty = {0, 1, 7, 8, 16, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30, 0x10000};
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            int reach = random.nextBoolean() ? Math.min(1500, input.length) : input.length;
            int at = random.nextInt(reach - 4);
            if (random.nextBoolean()) {
                input[at] = (byte) random.nextInt(256);
            } else {
                int value = nasty[random.nextInt(nasty.length)];
                for (int j = 0; j < 4; j++) {
                    input[at + j] = (byte) (value >> 24 - 8 * j);
                }
            }
        }
    }

    /// Reads everything in a file in every way; only the declared exception may come out.
    ///
    /// @return whether it could be read at all
    static boolean survives(byte[] input, Path file) throws IOException {
        boolean read = false;
        try {
            var channel = new MemoryChannel(input);
            RecordedFile recorded = RecordedFile.read(channel);
            read = true;
            // what parses is written and parses to the same
            var again = InitSegment.of(recorded.format(), recorded.note());
            assertThat(RecordedFile.read(new MemoryChannel(again.bytes().toArray())).format())
                    .isEqualTo(recorded.format());
            for (RecordedFile.Entry entry : recorded.fragments()) {
                recorded.units(channel, entry);
            }
            var playback = new BrowserPlayback(recorded);
            for (int i = 0; i < recorded.fragments().size(); i++) {
                playback.fragments(channel, i, i);
            }
            if (!recorded.fragments().isEmpty()) {
                var run = new Export.Run(recorded, recorded.fragments(), () -> channel);
                Export.of(List.of(run), Export.Gaps.KEPT)
                        .writeTo(MemoryChannel.into(new java.io.ByteArrayOutputStream()));
            }
        } catch (MalformedMp4Exception _) {
            // refused, or damaged behind its headers
        }
        Files.write(file, input);
        try (Mp4File mp4 = Mp4File.open(file)) {
            for (int i = 0; i < mp4.size(); i++) {
                mp4.unit(i);
            }
            mp4.duration();
        } catch (MalformedMp4Exception _) {
            // as above
        }
        return read;
    }
}
