package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd;
import id.pantau.media.hub.ConnectGate;
import id.pantau.media.hub.StreamHub;
import id.pantau.testkit.Eventually;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CameraStreamsTest {
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final SynchronousQueue<Duration> sleeps = new SynchronousQueue<>();

    /// Every attempt waits until it is interrupted.
    private final CameraStreams streams =
            new CameraStreams(
                    (source, _, _) ->
                            OpenedStream.of(_ -> {
                                attempts.merge(source.url().getPath(), 1, Integer::sum);
                                Thread.sleep(Duration.ofMinutes(10));
                                return new StreamEnd(StreamEnd.Reason.STALLED, "never");
                            }),
                    new ConnectGate(8),
                    sleeps::put,
                    RandomGenerator.of("L64X128MixRandom"),
                    Clock.systemUTC());

    @AfterEach
    void close() {
        streams.close();
    }

    private static Camera camera(String id, String path, boolean enabled, String name) {
        return new Camera(
                new CameraId(id),
                name,
                enabled,
                new StreamSource(URI.create("rtsp://192.0.2.1" + path), StreamTransport.TCP),
                new StreamSource(
                        URI.create("rtsp://192.0.2.1" + path + "/sub"), StreamTransport.TCP),
                null,
                null,
                RecordingSettings.DEFAULT,
                null,
                List.of(),
                null,
                Instant.EPOCH);
    }

    private void awaitAttempts(String path, int count) throws InterruptedException {
        Eventually.await(
                "attempt %d of %s".formatted(count, path),
                () -> attempts.getOrDefault(path, 0) == count);
    }

    @Test
    void aChangeRestartsTheCameraItTouchesAndKeepsItsHub() throws Exception {
        streams.cameraSet(camera("a", "/a", true, "A"));
        streams.cameraSet(camera("b", "/b", true, "B"));
        awaitAttempts("/a", 1);
        awaitAttempts("/b", 1);
        StreamHub hub = streams.hub(new CameraId("a"), StreamName.MAIN);

        streams.cameraSet(camera("a", "/a", true, "Another name"));
        streams.cameraSet(camera("a", "/a2", true, "Another name"));
        awaitAttempts("/a2", 1);

        assertThat(streams.hub(new CameraId("a"), StreamName.MAIN)).isSameAs(hub);
        assertThat(attempts).containsEntry("/a", 1).containsEntry("/b", 1);
    }

    @Test
    void aDisabledCameraIsNotPulled() throws Exception {
        var id = new CameraId("a");
        streams.cameraSet(camera("a", "/a", true, "A"));
        awaitAttempts("/a", 1);
        streams.cameraSet(camera("a", "/a", false, "A"));
        assertThat(streams.state(id, StreamName.MAIN).phase())
                .isEqualTo(StreamState.Phase.DISABLED);
        streams.cameraSet(camera("a", "/a", true, "A"));
        awaitAttempts("/a", 2);
    }

    @Test
    void aSubStreamRunsFromItsFirstViewerUntilAWhileAfterItsLast() throws Exception {
        var id = new CameraId("a");
        streams.cameraSet(camera("a", "/a", true, "A"));
        assertThat(streams.state(id, StreamName.SUB).phase()).isEqualTo(StreamState.Phase.IDLE);

        StreamLease first = streams.watch(id, StreamName.SUB);
        StreamLease second = streams.watch(id, StreamName.SUB);
        awaitAttempts("/a/sub", 1);
        first.close();
        first.close(); // closing twice counts once
        assertThat(streams.state(id, StreamName.SUB).viewers()).isEqualTo(1);
        second.close();

        assertThat(sleeps.take()).isEqualTo(Duration.ofSeconds(15));
        assertThat(sleeps.take()).isEqualTo(Duration.ofSeconds(15));
        Eventually.await(
                "the sub stream stops",
                () -> streams.state(id, StreamName.SUB).phase() == StreamState.Phase.IDLE);
        assertThat(attempts).containsEntry("/a/sub", 1);
    }
}
