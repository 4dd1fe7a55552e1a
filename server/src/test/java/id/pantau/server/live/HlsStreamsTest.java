package id.pantau.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.StreamEnd;
import id.pantau.media.hls.DeliveryDirectives;
import id.pantau.media.hls.HlsException;
import id.pantau.media.hub.ConnectGate;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.hub.StreamAttempt;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.CameraListener;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.StreamName;
import id.pantau.server.camera.StreamSource;
import id.pantau.server.camera.StreamTransport;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HlsStreamsTest {
    private static final Duration IDLE = Duration.ofMillis(700);

    /// `/clip` and `/sound` play; everything else refuses at once.
    private final CameraStreams cameras =
            new CameraStreams(
                    (source, _, _) -> OpenedStream.of(player(source.url().getPath())),
                    new ConnectGate(8),
                    Sleeper.SYSTEM,
                    RandomGenerator.of("L64X128MixRandom"),
                    Clock.systemUTC());

    private final HlsStreams hls = new HlsStreams(cameras, Clock.systemUTC(), IDLE);

    private static StreamAttempt player(String path) {
        return switch (path) {
            case "/clip" -> new FilePlayer(GoldenMedia.H264_SMALL.path());
            case "/sound" -> new FilePlayer(GoldenMedia.H264_AAC.path());
            default -> _ -> new StreamEnd(StreamEnd.Reason.UNREACHABLE, "no");
        };
    }

    @BeforeEach
    void makeTheClips() {
        GoldenMedia.H264_SMALL.path();
        GoldenMedia.H264_AAC.path();
    }

    @AfterEach
    void close() {
        hls.close();
        cameras.close();
    }

    private Camera camera(String main, @Nullable String sub) {
        return camera("cam", main, sub);
    }

    private Camera camera(String id, String main, @Nullable String sub) {
        var camera =
                new Camera(
                        new CameraId(id),
                        id,
                        true,
                        source(main),
                        sub == null ? null : source(sub),
                        null,
                        null,
                        RecordingSettings.DEFAULT,
                        null,
                        List.of(),
                        null,
                        Instant.EPOCH);
        cameras.cameraSet(camera);
        return camera;
    }

    private static StreamSource source(String path) {
        return new StreamSource(URI.create("rtsp://192.0.2.1" + path), StreamTransport.TCP);
    }

    private static int readers(CameraStreams cameras, Camera camera, StreamName stream) {
        return cameras.hub(camera.id(), stream).readerCount();
    }

    @Test
    void aStreamRunsFromTheFirstRequestUntilAWhileAfterTheLast() throws Exception {
        Camera camera = camera("/clip", "/clip");
        assertThat(hls.streamCount()).isZero();
        hls.playlist(camera, StreamName.SUB, DeliveryDirectives.NONE, "");

        assertThat(hls.streamCount()).isEqualTo(1);
        assertThat(cameras.state(camera.id(), StreamName.SUB).viewers()).isEqualTo(1);
        Eventually.await("it ends", () -> hls.streamCount() == 0);
        Eventually.await(
                "nobody holds the camera",
                () ->
                        readers(cameras, camera, StreamName.SUB) == 0
                                && cameras.state(camera.id(), StreamName.SUB).viewers() == 0);
        assertThatThrownBy(() -> hls.file(camera.id(), StreamName.SUB, "segment-1.m4s"))
                .isInstanceOf(HlsException.class);
    }

    @Test
    void thePlayersChooseAmongTheStreamsOfWhichSomethingComes() throws Exception {
        String both = hls.multivariant(camera("/clip", "/clip"), "?ticket=t");
        assertThat(both)
                .contains(
                        "RESOLUTION=320x180,FRAME-RATE=",
                        "\nmain/index.m3u8?ticket=t\n",
                        "\nsub/index.m3u8?ticket=t\n");
        String one = hls.multivariant(camera("half", "/clip", "/refused"), "");
        assertThat(one).contains("main/index.m3u8").doesNotContain("sub/");
    }

    /// No player switches between streams with and without sound.
    @Test
    void aStreamOfOtherMediaThanTheFirstIsNoChoice() throws Exception {
        String text = hls.multivariant(camera("sound", "/sound", "/clip"), "");
        assertThat(text).contains("mp4a.40.2", "main/index.m3u8").doesNotContain("sub/");
    }

    @Test
    void aCameraThatIsAwayIsNotWaitedFor() throws Exception {
        Camera camera = camera("/refused", null);
        long start = System.nanoTime();
        assertThatThrownBy(() -> hls.playlist(camera, StreamName.MAIN, DeliveryDirectives.NONE, ""))
                .isInstanceOfSatisfying(
                        HlsException.class,
                        e -> assertThat(e.reason()).isEqualTo(HlsException.Reason.NOT_READY));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThatThrownBy(() -> hls.playlist(camera, StreamName.SUB, DeliveryDirectives.NONE, ""))
                .isInstanceOfSatisfying(
                        HlsException.class,
                        e -> assertThat(e.reason()).isEqualTo(HlsException.Reason.NOT_FOUND));
    }

    @Test
    void aRemovedCameraEndsItsStream() throws Exception {
        Camera camera = camera("/clip", null);
        hls.playlist(camera, StreamName.MAIN, DeliveryDirectives.NONE, "");
        hls.cameraRemoved(camera, CameraListener.Recordings.KEEP);
        assertThat(hls.streamCount()).isZero();
        assertThat(readers(cameras, camera, StreamName.MAIN)).isZero();
    }
}
