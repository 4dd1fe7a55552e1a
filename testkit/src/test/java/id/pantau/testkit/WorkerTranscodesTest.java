package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.VideoFormat;
import id.pantau.media.codec.H264Nal;
import id.pantau.media.codec.H264Sps;
import id.pantau.media.codec.NalUnits;
import id.pantau.media.mp4.Mp4File;
import id.pantau.vision.FfmpegProgram;
import id.pantau.vision.worker.CodedUnit;
import id.pantau.vision.worker.TranscodeRequest;
import id.pantau.vision.worker.VisionWorker;
import id.pantau.vision.worker.WorkerCommand;
import id.pantau.vision.worker.WorkerProcess;
import id.pantau.vision.worker.WorkerTranscode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The worker encodes pictures anew; ffmpeg decodes what it made.
@Timeout(90)
class WorkerTranscodesTest {
    @TempDir Path home;
    private WorkerProcess worker;

    @BeforeEach
    void start() {
        worker =
                new WorkerProcess(
                        WorkerCommand.ofClassPath(VisionWorker.class.getName(), List.of()),
                        home,
                        RandomGenerator.getDefault());
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    /// @param sent pictures of the clip
    private record Made(List<CodedUnit> units, List<AccessUnit> sent) {
        H264Sps sps() throws Exception {
            return H264Sps.parse(
                    NalUnits.splitAnnexB(units.getFirst().payload()).stream()
                            .filter(nal -> H264Nal.type(nal.get(0)) == H264Nal.SPS)
                            .findFirst()
                            .orElseThrow());
        }
    }

    private Made transcode(GoldenMedia clip, int maxWidthPx, int maxHeightPx) throws Exception {
        try (Mp4File file = Mp4File.open(clip.path())) {
            VideoFormat video = Objects.requireNonNull(file.format().video());
            TranscodeRequest usual = TranscodeRequest.of(video);
            var request =
                    new TranscodeRequest(
                            usual.codec(),
                            usual.configuration(),
                            usual.fps(),
                            maxWidthPx,
                            maxHeightPx,
                            usual.maxBitsPerSecond());
            List<AccessUnit> pictures = new ArrayList<>();
            for (int i = 0; i < file.size(); i++) {
                AccessUnit unit = file.unit(i);
                if (unit.isVideo()) {
                    pictures.add(unit);
                }
            }
            try (WorkerTranscode job = worker.open(request)) {
                var sending =
                        CompletableFuture.runAsync(
                                () -> send(job, pictures), Thread::startVirtualThread);
                List<CodedUnit> units = new ArrayList<>();
                for (CodedUnit unit; (unit = job.next()) != null; ) {
                    units.add(unit);
                }
                sending.join();
                assertThat(job.outcome().end().reason()).isEqualTo(Reason.STOPPED);
                return new Made(units, pictures);
            }
        }
    }

    private static void send(WorkerTranscode job, List<AccessUnit> pictures) {
        try {
            for (AccessUnit picture : pictures) {
                job.send(picture);
            }
            job.endInput();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int decodedPictures(Made made) throws Exception {
        Path file = home.resolve("made.h264");
        try (var out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (CodedUnit unit : made.units()) {
                ByteBuffer bytes = unit.payload().duplicate();
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
        }
        Path sums = home.resolve("made.md5");
        var decoded =
                FfmpegProgram.load()
                        .run(
                                List.of(
                                        "-v",
                                        "error",
                                        "-i",
                                        file.toString(),
                                        "-f",
                                        "framemd5",
                                        sums.toString()),
                                Duration.ofSeconds(30));
        assertThat(decoded.exitCode()).as(decoded.text()).isZero();
        assertThat(decoded.text()).isEmpty();
        return (int)
                Files.readAllLines(sums).stream().filter(line -> !line.startsWith("#")).count();
    }

    @Test
    void h265WithPicturesOutOfOrderBecomesBaselineH264AtTheTimesOfDisplay() throws Exception {
        Made made = transcode(GoldenMedia.H265_B_FRAMES, 1280, 720);

        assertThat(made.units()).hasSameSizeAs(made.sent());
        assertThat(made.units())
                .extracting(CodedUnit::pts90k)
                .isSorted()
                .containsExactlyElementsOf(
                        made.sent().stream().map(unit -> unit.pts().ticks90k()).sorted().toList());
        assertThat(made.units().getFirst().keyFrame()).isTrue();
        assertThat(made.sps().widthPx()).isEqualTo(320);
        assertThat(made.sps().heightPx()).isEqualTo(180);
        assertThat(decodedPictures(made)).isEqualTo(made.sent().size());
    }

    @Test
    void everyTwoSecondsThereIsAKeyFrame() throws Exception {
        Made made = transcode(GoldenMedia.H264_LONG_GOP, 1280, 720); // 20 s apart
        List<Long> keys =
                made.units().stream().filter(CodedUnit::keyFrame).map(CodedUnit::pts90k).toList();
        assertThat(keys).hasSize(20);
        for (int i = 1; i < keys.size(); i++) {
            assertThat(keys.get(i) - keys.get(i - 1)).isCloseTo(180_000L, within(9_000L));
        }
    }

    @Test
    void aLargePictureIsMadeSmallerInProportion() throws Exception {
        Made made = transcode(GoldenMedia.H264_LARGE, 640, 480);
        assertThat(made.sps().widthPx()).isEqualTo(640);
        assertThat(made.sps().heightPx()).isEqualTo(360);
        assertThat(decodedPictures(made)).isEqualTo(made.sent().size());
    }

    @Test
    void itTakesTheProcessorFromNobody() throws Exception {
        try (Mp4File file = Mp4File.open(GoldenMedia.H264_SMALL.path());
                WorkerTranscode job =
                        worker.open(
                                TranscodeRequest.of(
                                        Objects.requireNonNull(file.format().video())))) {
            job.send(file.unit(0));
            assertThat(job.next()).isNotNull();
            Path tasks = Path.of("/proc/%d/task".formatted(worker.pid().orElseThrow()));
            try (var threads = Files.list(tasks)) {
                assertThat(threads.map(WorkerTranscodesTest::niceness)).contains(10L);
            }
        }
    }

    /// Field 19 of `/proc/…/stat` (proc(5)); the second one may hold spaces, in parentheses.
    private static long niceness(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[19 - 3]);
        } catch (IOException _) {
            return 0; // it has ended
        }
    }

    @Test
    void whatCannotBeDecodedEndsTheJobAndNotTheWorker() throws Exception {
        TranscodeRequest request;
        try (Mp4File file = Mp4File.open(GoldenMedia.H265_B_FRAMES.path())) {
            request = TranscodeRequest.of(Objects.requireNonNull(file.format().video()));
        }
        try (WorkerTranscode job = worker.open(request)) {
            for (int i = 0; i < 100; i++) {
                var time = new MediaTime(i * 3600L);
                ByteBuffer lengthsThatLie = ByteBuffer.wrap(new byte[] {127, 1, 2, 3, 4, 5, 6, 7});
                job.send(
                        new AccessUnit(
                                MediaKind.VIDEO, time, time, true, Instant.EPOCH, lengthsThatLie));
            }
            assertThat(job.next()).isNull();
            assertThat(job.outcome().end().reason()).isEqualTo(Reason.PROTOCOL_ERROR);
            assertThat(job.outcome().killedTheWorker()).isFalse();
        }
        assertThat(worker.pid()).isPresent();
        assertThat(transcode(GoldenMedia.H264_SMALL, 1280, 720).units()).isNotEmpty();
    }
}
