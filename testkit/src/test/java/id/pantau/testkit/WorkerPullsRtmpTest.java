package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.flv.FlvReader;
import id.pantau.media.flv.FlvReceiver;
import id.pantau.media.mp4.Mp4File;
import id.pantau.media.rtmp.RtmpServerSettings;
import id.pantau.vision.worker.PullRequest;
import id.pantau.vision.worker.VisionWorker;
import id.pantau.vision.worker.WorkerCommand;
import id.pantau.vision.worker.WorkerJob;
import id.pantau.vision.worker.WorkerProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The worker pulls from our own RTMP server what ffmpeg published there.
@Timeout(90)
class WorkerPullsRtmpTest {
    private static final int WANTED = 30;

    @TempDir Path home;
    private RtmpStage stage;
    private WorkerProcess worker;

    @BeforeEach
    void start() throws Exception {
        stage = new RtmpStage(RtmpServerSettings.loopback());
        worker =
                new WorkerProcess(
                        WorkerCommand.ofClassPath(VisionWorker.class.getName(), List.of()),
                        home,
                        RandomGenerator.getDefault());
    }

    @AfterEach
    void stop() {
        worker.close();
        stage.close();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "H264_AAC",
                "H264_B_FRAMES",
                "H265_B_FRAMES",
                "H264_PCMU",
                "H264_PCMA",
                "H264_OPUS",
                "AAC_ONLY"
            })
    void everyKindArrivesWithTheFormatThatWasPublished(GoldenMedia media) throws Exception {
        StreamFormat published;
        try (Mp4File file =
                media == GoldenMedia.H264_PCMU || media == GoldenMedia.H264_PCMA
                        ? null
                        : Mp4File.open(media.path())) {
            published = file == null ? null : file.format();
        }
        stage.publish(media, stage.publishUrl("cam1"));
        Eventually.await("the stream carries something", () -> stage.hubs.containsKey("cam1"));

        var formats = new ArrayList<StreamFormat>();
        var units = new ArrayList<AccessUnit>();
        pull(stage.playUrl("cam1"), formats, units);

        assertThat(formats).hasSize(1);
        StreamFormat format = formats.getFirst();
        if (published != null) {
            assertThat(format.video()).isEqualTo(published.video());
            assertThat(format.audio()).isEqualTo(published.audio());
        }
        for (MediaKind kind : MediaKind.values()) {
            List<AccessUnit> ofKind = units.stream().filter(unit -> unit.kind() == kind).toList();
            assertThat(ofKind.isEmpty()).isEqualTo(!format.has(kind));
            assertThat(ofKind.stream().map(AccessUnit::dts).map(MediaTime::ticks90k))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aStreamThatNobodyPublishesIsSaidSo() throws Exception {
        try (WorkerJob job = worker.open(PullRequest.of(stage.playUrl("none"), null, null))) {
            assertThat(job.media().read()).isEqualTo(-1);
            assertThat(job.outcome().end().reason())
                    .isIn(Reason.NOT_FOUND, Reason.NO_ANSWER, Reason.PROTOCOL_ERROR);
        }
    }

    private void pull(String url, List<StreamFormat> formats, List<AccessUnit> units)
            throws Exception {
        try (WorkerJob job = worker.open(PullRequest.of(url, null, null))) {
            var receiver =
                    new FlvReceiver(
                            Clock.systemUTC(),
                            System::nanoTime,
                            signal -> {
                                switch (signal) {
                                    case StreamSignal.FormatChanged(StreamFormat format) ->
                                            formats.add(format);
                                    case StreamSignal.Unit(AccessUnit unit) -> units.add(unit);
                                    case StreamSignal.Gap _, StreamSignal.Ended _ -> {}
                                }
                            });
            var reader = new FlvReader(job.media(), 8 << 20);
            while (units.size() < WANTED) {
                var tag = reader.next();
                if (tag.isEmpty()) {
                    throw new AssertionError(job.outcome().end().detail());
                }
                receiver.accept(tag.get());
            }
        }
    }
}
