package id.pantau.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import id.pantau.media.StreamFormat;
import id.pantau.media.codec.FlacTranscoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged files, read in every way there is: as a recording, for playback, for export, whole.
class Mp4MutationTest {
    @TempDir Path temp;

    static final Mutation.Bound BOUND = new Mutation.Bound(4 << 20, 300);

    @Test
    void readersSurviveWhateverIsInAFile() throws Exception {
        Path file = temp.resolve("input.mp4");
        var readable = new AtomicLong();
        new Mutation("mp4", 4, seeds(), BOUND)
                .run(input -> {
                    if (Mp4Properties.survives(input, file)) {
                        readable.incrementAndGet();
                    }
                });
        assertThat(readable.get()).isPositive();
    }

    private static List<byte[]> seeds() throws IOException {
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
        if (Samples.present()) {
            for (String name : List.of("init.mp4", "aac_init.mp4", "cbcs.mp4", "h264.mp4")) {
                seeds.add(Samples.seed(Samples.folder("mp4/files").resolve(name)));
            }
        }
        return seeds;
    }
}
