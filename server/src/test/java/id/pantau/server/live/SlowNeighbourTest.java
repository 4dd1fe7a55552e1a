package id.pantau.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.hub.ConnectGate;
import id.pantau.media.hub.Sleeper;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
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
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SlowNeighbourTest {
    private static final CameraId CAMERA = new CameraId("cam1");

    /// Takes everything at once, or nothing ever.
    private static final class Socket implements ViewerSocket {
        private final boolean reads;
        final List<ByteBuffer> binaries = new CopyOnWriteArrayList<>();

        Socket(boolean reads) {
            this.reads = reads;
        }

        @Override
        public void send(ByteBuffer message, Sent sent) {
            binaries.add(message);
            end(sent);
        }

        @Override
        public void send(String message, Sent sent) {
            end(sent);
        }

        private void end(Sent sent) {
            if (reads) {
                sent.done();
            }
        }

        @Override
        public void close(int code, String reason) {}
    }

    @Test
    void aViewerThatDoesNotReadDisturbsNobodyAndAllShareTheSameBytes() throws Exception {
        try (var streams =
                        new CameraStreams(
                                (_, _, _) ->
                                        OpenedStream.of(
                                                new FilePlayer(GoldenMedia.H264_SMALL.path())),
                                new ConnectGate(8),
                                Sleeper.SYSTEM,
                                RandomGenerator.getDefault(),
                                Clock.systemUTC());
                var live = new LiveStreams(streams, Object::toString, Clock.systemUTC())) {
            streams.cameraSet(
                    new Camera(
                            CAMERA,
                            "Cam",
                            true,
                            new StreamSource(URI.create("rtsp://192.0.2.1/"), StreamTransport.TCP),
                            null,
                            null,
                            null,
                            RecordingSettings.DEFAULT,
                            null,
                            List.of(),
                            null,
                            Instant.EPOCH));
            var stuck = new Socket(false);
            var quick = new Socket(true);
            var late = new Socket(true);
            live.join(CAMERA, StreamName.MAIN, stuck);
            live.join(CAMERA, StreamName.MAIN, quick);
            Eventually.await("three seconds come", () -> quick.binaries.size() > 30);
            assertThat(stuck.binaries).hasSizeLessThan(2);

            LiveStreams.Seat seat = live.join(CAMERA, StreamName.MAIN, late);
            assertThat(late.binaries)
                    .as("init segment and the running GOP, at once")
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(live.viewerCount()).isEqualTo(3);
            ByteBuffer shared = late.binaries.get(1);
            assertThat(quick.binaries).anyMatch(bytes -> bytes.equals(shared));
            seat.close();
            assertThat(live.viewerCount()).isEqualTo(2);
        }
    }
}
