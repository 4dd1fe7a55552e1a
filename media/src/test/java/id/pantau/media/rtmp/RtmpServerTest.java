package id.pantau.media.rtmp;

import static id.pantau.media.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.SelfSigned;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.flv.AmfValue;
import id.pantau.media.flv.FlvSource;
import id.pantau.media.flv.FlvStreams;
import id.pantau.media.flv.TagWriter;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.PublishPoints;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.rtp.MadeParameterSets;
import id.pantau.media.rtsp.CameraTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RtmpServerTest {
    private static final Instant START = Instant.parse("2026-11-25T07:00:00Z");
    private static final VideoFormat VIDEO = MadeParameterSets.h264(77, 640, 352, 0, -1);
    private static final AudioFormat AUDIO =
            new AudioFormat(Codec.AAC, 16_000, 1, Bytes.ofHex("1408"));
    private static final StreamFormat FORMAT = new StreamFormat(VIDEO, AUDIO);

    @TempDir Path folder;
    private final StreamHub hub = new StreamHub("cam1/main", StreamHub.CacheLimits.DEFAULT);
    private final FlvStreams streams = new FlvStreams();
    private final List<PublishPoints.Request> requests = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<StreamSignal> published = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<StreamEnd> ends = new LinkedBlockingQueue<>();
    private volatile boolean takenBack;
    private RtmpAccess access = RtmpAccess.OPEN;
    private RtmpServer server;
    private int ticks;

    @BeforeEach
    void start() throws IOException {
        serve(RtmpServerSettings.loopback());
        hub.accept(new StreamSignal.FormatChanged(FORMAT));
    }

    private void serve(RtmpServerSettings settings) throws IOException {
        if (server != null) {
            server.close();
        }
        server =
                RtmpServer.start(
                        settings,
                        RtmpCatalog.of(Map.of("cam1", FlvSource.of(hub))),
                        asked -> access.check(asked),
                        this::open,
                        streams);
    }

    private PublishPoints.Answer open(PublishPoints.Request request) {
        requests.add(request);
        return switch (request.key()) {
            case "key1" -> new PublishPoints.Answer.Open(new Recorded());
            case "busy" -> refused(PublishPoints.Reason.BUSY);
            case "off" -> refused(PublishPoints.Reason.DISABLED);
            default -> refused(PublishPoints.Reason.UNAUTHORIZED);
        };
    }

    private static PublishPoints.Answer refused(PublishPoints.Reason reason) {
        return new PublishPoints.Answer.Refused(reason, "No.");
    }

    private final class Recorded implements Publication {
        @Override
        public void accept(StreamSignal signal) {
            published.add(signal);
        }

        @Override
        public boolean isOpen() {
            return !takenBack;
        }

        @Override
        public void close(StreamEnd end) {
            ends.add(end);
        }
    }

    @AfterEach
    void stop() {
        server.close();
        streams.close();
    }

    @Test
    void aPublishersTagsBecomeAccessUnits() throws Exception {
        try (var client = RtmpClient.ready(server.port())) {
            assertThat(client.publish("cam1?key=key1")).isEqualTo("NetStream.Publish.Start");
            publishFormat(client);
            AccessUnit key = video(true, 5000);
            client.send(tag(key, 40));
            client.send(tag(audio(90), 41));
            client.send(tag(video(false, 300), 107));
            client.send(Command.of("deleteStream", 4, AmfValue.NULL, AmfValue.of(1)).message(0));

            assertThat(published.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(new StreamSignal.FormatChanged(FORMAT));
            List<AccessUnit> units = List.of(unit(), unit(), unit());
            assertThat(units.getFirst().payload()).isEqualTo(key.payload());
            assertThat(units.getFirst().keyFrame()).isTrue();
            assertThat(units.get(1).kind()).isEqualTo(MediaKind.AUDIO);
            assertThat(units.get(2).dts().since(units.getFirst().dts()))
                    .isEqualTo(Duration.ofMillis(67));
            assertThat(ends.poll(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CLOSED_BY_CAMERA);
        }
        var request = requests.getFirst();
        assertThat(request.name()).isEqualTo("cam1");
        assertThat(request.toString()).doesNotContain("key1");
    }

    @Test
    void theNameAloneIsTheKey() throws Exception {
        try (var client = RtmpClient.ready(server.port())) {
            assertThat(client.publish("key1")).isEqualTo("NetStream.Publish.Start");
        }
        assertThat(requests.getFirst().name()).isEmpty();
        assertThat(ends.poll(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CONNECTION_LOST);
    }

    @Test
    void refusalsAreToldApart() throws Exception {
        var codes = new HashMap<String, String>();
        for (String key : List.of("wrong", "busy", "off")) {
            try (var client = RtmpClient.ready(server.port())) {
                codes.put(key, client.publish(key));
                assertThat(client.isCutOff()).isTrue();
            }
        }
        assertThat(codes)
                .containsEntry("wrong", "NetStream.Publish.Denied")
                .containsEntry("busy", "NetStream.Publish.BadName")
                .containsEntry("off", "NetStream.Publish.Rejected");
        assertThat(server.figures().refusedRequests()).isEqualTo(3);
    }

    @Test
    void aClockThatJumpsBackGoesOn() throws Exception {
        try (var client = RtmpClient.ready(server.port())) {
            client.publish("key1");
            publishFormat(client);
            client.send(tag(video(true, 100), 3_600_000));
            client.send(tag(audio(90), 3_600_005));
            client.send(tag(video(true, 100), 0));
            client.send(tag(video(false, 100), 67));
            assertThat(published.poll(10, TimeUnit.SECONDS))
                    .isInstanceOf(StreamSignal.FormatChanged.class);
            List<AccessUnit> units = List.of(unit(), unit(), unit(), unit());
            assertThat(units.get(2).dts()).isGreaterThan(units.get(0).dts());
            assertThat(units.get(2).dts().since(units.get(0).dts()))
                    .isLessThan(Duration.ofSeconds(4));
            assertThat(units.get(3).dts().since(units.get(2).dts()))
                    .isEqualTo(Duration.ofMillis(67));
        }
    }

    @Test
    void anotherAudioConfigurationIsAnotherFormat() throws Exception {
        try (var client = RtmpClient.ready(server.port())) {
            client.publish("key1");
            publishFormat(client);
            client.send(tag(video(true, 100), 0));
            client.send(tag(audio(90), 1));
            var louder = new AudioFormat(Codec.AAC, 44_100, 2, Bytes.ofHex("1210"));
            for (var config : new TagWriter(new StreamFormat(VIDEO, louder)).configs(100)) {
                client.send(config);
            }
            client.send(tag(video(false, 100), 120)); // of the GOP that is given up
            client.send(tag(video(true, 100), 140));
            assertThat(published.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(new StreamSignal.FormatChanged(FORMAT));
            assertThat(unit().keyFrame()).isTrue();
            assertThat(unit().kind()).isEqualTo(MediaKind.AUDIO);
            assertThat(published.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(new StreamSignal.FormatChanged(new StreamFormat(VIDEO, louder)));
            assertThat(unit().keyFrame()).isTrue();
        }
    }

    @Test
    void aCodecThatIsNotCarriedIsRefusedByName() throws Exception {
        try (var client = RtmpClient.ready(server.port())) {
            client.publish("key1");
            client.send(
                    new RtmpMessage(
                            4,
                            MessageType.VIDEO,
                            0,
                            1,
                            ByteBuffer.wrap(Bytes.ofHex("806176303181000c00").toArray())));
            assertThat(RtmpClient.code(client.awaitCommand("onStatus")))
                    .isEqualTo("NetStream.Publish.Failed");
        }
        StreamEnd end = ends.poll(10, TimeUnit.SECONDS);
        assertThat(end.reason()).isEqualTo(Reason.UNSUPPORTED_CODEC);
        assertThat(end.detail()).contains("av01");
    }

    @Test
    void aStreamThatIsTakenBackCutsItsPublisherOff() throws Exception {
        try (var client = RtmpClient.ready(server.port())) {
            client.publish("key1");
            takenBack = true;
            assertThat(client.isCutOff()).isTrue();
        }
        assertThat(ends.poll(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.STOPPED);
    }

    @Test
    void whoSendsNothingIsLetGo() throws Exception {
        serve(
                RtmpServerSettings.loopback()
                        .withTimes(Duration.ofSeconds(2), Duration.ofMillis(500)));
        try (var halfOpen = RtmpClient.connected(server.port());
                var silent = RtmpClient.ready(server.port())) {
            silent.publish("key1");
            assertThat(ends.poll(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.STALLED);
            assertThat(silent.isCutOff()).isTrue();
            assertThat(halfOpen.isCutOff()).isTrue();
        }
        await(() -> server.figures().connections() == 0);
    }

    @Test
    void connectionsBeyondTheAllowedNumberAreRefused() throws Exception {
        serve(RtmpServerSettings.loopback().withMaxConnections(2));
        var open = new ArrayList<RtmpClient>();
        try {
            for (int i = 0; i < 50; i++) {
                open.add(RtmpClient.connected(server.port()));
            }
            await(() -> server.figures().refusedConnections() == 48);
            assertThat(server.figures().connections()).isEqualTo(2);
        } finally {
            for (RtmpClient client : open) {
                client.close();
            }
        }
        await(() -> server.figures().connections() == 0);
        RtmpClient.ready(server.port()).close();
    }

    @Test
    void playBeginsWithTheCachedKeyFrameAndItsConfigurations() throws Exception {
        AccessUnit key = video(true, 70_000);
        hub.accept(new StreamSignal.Unit(key));
        hub.accept(new StreamSignal.Unit(video(false, 300)));
        try (var client = RtmpClient.ready(server.port())) {
            assertThat(client.play("cam1")).isEqualTo("NetStream.Play.Start");
            assertThat(body(client)).startsWith("1700000000014");
            assertThat(body(client)).isEqualTo("af001408");
            RtmpMessage first = client.awaitMedia();
            assertThat(first.body().slice(5, key.sizeBytes())).isEqualTo(key.payload());
            RtmpMessage second = client.awaitMedia();
            assertThat(second.timestampMs() - first.timestampMs()).isEqualTo(66);

            hub.accept(new StreamSignal.Unit(audio(90)));
            assertThat(body(client)).startsWith("af01");
        }
        await(() -> streams.size() == 0);
    }

    @Test
    void playersShareOneStreamAndAPausedOneGetsNothing() throws Exception {
        hub.accept(new StreamSignal.Unit(video(true, 300)));
        try (var one = RtmpClient.ready(server.port());
                var other = RtmpClient.ready(server.port())) {
            one.play("cam1");
            other.play("cam1");
            assertThat(streams.size()).isEqualTo(1);
            for (int i = 0; i < 3; i++) { // both have joined before the next picture comes
                one.awaitMedia();
                other.awaitMedia();
            }
            one.send(
                    Command.of(
                                    "pause",
                                    5,
                                    AmfValue.NULL,
                                    new AmfValue.Flag(true),
                                    new AmfValue.Number(0))
                            .message(1));
            assertThat(RtmpClient.code(one.awaitCommand("onStatus")))
                    .isEqualTo("NetStream.Pause.Notify");
            hub.accept(new StreamSignal.Unit(video(true, 111)));
            assertThat(other.awaitMedia().body().remaining()).isEqualTo(5 + 4 + 111);
            one.send(Command.of("pause", 6, AmfValue.NULL, new AmfValue.Flag(false)).message(1));
            one.awaitCommand("onStatus");
            hub.accept(new StreamSignal.Unit(video(true, 222)));
            assertThat(one.awaitMedia().body().remaining()).isEqualTo(5 + 4 + 222);
        }
    }

    @Test
    void whoMayNotPlayIsRefused() throws Exception {
        access =
                asked -> {
                    if (asked.query().getOrDefault("ticket", "").equals("good")) {
                        return RtmpAccess.Verdict.ALLOWED;
                    }
                    return asked.login().isPresent()
                            ? RtmpAccess.Verdict.UNAUTHORIZED
                            : RtmpAccess.Verdict.HIDDEN;
                };
        assertThat(played("cam1?ticket=good")).isEqualTo("NetStream.Play.Start");
        assertThat(played("cam1?ticket=bad")).isEqualTo("NetStream.Play.StreamNotFound");
        assertThat(played("cam1?user=a&pass=b")).isEqualTo("NetStream.Play.Failed");
        assertThat(played("cam9?ticket=good")).isEqualTo("NetStream.Play.StreamNotFound");
    }

    private String played(String name) throws Exception {
        try (var client = RtmpClient.ready(server.port())) {
            return client.play(name);
        }
    }

    @Test
    void aSlowPlayerLosesGopsAndNobodyElseNotices() throws Exception {
        serve(RtmpServerSettings.loopback().withQueueBytes(200_000));
        hub.accept(new StreamSignal.Unit(video(true, 100)));
        try (var slow = RtmpClient.ready(server.port());
                var quick = RtmpClient.ready(server.port())) {
            slow.play("cam1");
            quick.play("cam1");
            quick.awaitMedia();
            quick.awaitMedia();
            quick.awaitMedia();
            for (int i = 0; i < 400; i++) { // more than any socket buffer takes
                hub.accept(new StreamSignal.Unit(video(i % 10 == 0, 50_000)));
                assertThat(quick.awaitMedia().body().remaining()).isEqualTo(50_009);
            }
            await(() -> server.figures().droppedTags() > 0);
            assertThat(firstAfterLoss(slow).get(0) >> 4).isEqualTo(1); // a key frame
        }
        await(() -> server.figures().connections() == 0);
        assertThat(server.figures().droppedTags()).isPositive();
    }

    private ByteBuffer firstAfterLoss(RtmpClient client) throws Exception {
        int last = client.awaitMedia().timestampMs();
        while (true) {
            hub.accept(new StreamSignal.Unit(video(true, 1000)));
            RtmpMessage media = client.awaitMedia();
            if (media.timestampMs() - last > 100) {
                return media.body();
            }
            last = media.timestampMs();
        }
    }

    @Test
    void lyingLengthsCostNothingButTheConnection() throws Exception {
        try (var client = RtmpClient.connected(server.port())) {
            client.shakeHands();
            client.write(hex("03000000ffffff1400000000")); // a message of 16 MB
            assertThat(client.isCutOff()).isTrue();
        }
        try (var client = RtmpClient.ready(server.port())) {
            client.chunkSize(0x7fff_ffff);
            var deep = ByteBuffer.allocate(3 * 5000);
            while (deep.hasRemaining()) {
                deep.put((byte) 3).putShort((short) 0); // an object whose field is an object whose…
            }
            client.send(new RtmpMessage(3, MessageType.COMMAND_AMF0, 0, 0, deep.flip()));
            assertThat(client.isCutOff()).isTrue();
        }
    }

    @Test
    void playsAndPublishesByTls() throws Exception {
        SSLContext tls = SelfSigned.in(folder);
        serve(
                RtmpServerSettings.loopback()
                        .withTls(
                                new RtmpServerSettings.Tls(
                                        RtmpServerSettings.loopback().address(), () -> tls)));
        hub.accept(new StreamSignal.Unit(video(true, 90_000)));
        int port = server.tlsPort().orElseThrow();
        try (var client = RtmpClient.ready(tlsSocket(port))) {
            assertThat(client.play("cam1")).isEqualTo("NetStream.Play.Start");
            client.awaitMedia();
            client.awaitMedia();
            assertThat(client.awaitMedia().body().remaining()).isEqualTo(90_009);
        }
        StreamEnd end = push("rtmps://127.0.0.1:%d/live/key1".formatted(port));
        assertThat(end.reason()).isIn(Reason.CONNECTION_LOST, Reason.STOPPED);
    }

    @Test
    void aPushIsTakenAndItsEndTold() throws Exception {
        hub.accept(new StreamSignal.Unit(video(true, 700)));
        StreamEnd end = push("rtmp://127.0.0.1:%d/live/key1".formatted(server.port()));
        assertThat(end.reason()).isEqualTo(Reason.CONNECTION_LOST);
    }

    /// Pushes until two units have arrived, and then has the server hang up.
    private StreamEnd push(String url) throws Exception {
        var target = RtmpPushTarget.of(URI.create(url), RtmpPushTarget.Trust.ANYBODY);
        var push = new RtmpPush(target, RtmpPush.Timeouts.DEFAULT, 1 << 20);
        var end = new LinkedBlockingQueue<StreamEnd>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        end.add(push.run(streams, "pushed", FlvSource.of(hub), () -> {}));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
        await(() -> server.figures().publishers() == 1);
        hub.accept(new StreamSignal.Unit(audio(90)));
        StreamSignal first = published.poll(10, TimeUnit.SECONDS);
        assertThat(first).isEqualTo(new StreamSignal.FormatChanged(FORMAT));
        assertThat(unit().keyFrame()).isTrue();
        assertThat(unit().kind()).isEqualTo(MediaKind.AUDIO);
        server.dropConnections();
        return Objects.requireNonNull(end.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void aRefusedPushSaysWhyWithoutItsKey() throws Exception {
        var target =
                RtmpPushTarget.of(
                        URI.create("rtmp://127.0.0.1:%d/live/s3cr3t".formatted(server.port())),
                        RtmpPushTarget.Trust.AUTHORITIES);
        StreamEnd end =
                new RtmpPush(target, RtmpPush.Timeouts.DEFAULT, 1 << 20)
                        .run(streams, "cam1", FlvSource.of(hub), () -> {});
        assertThat(end.reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(end.detail()).contains("NetStream.Publish.Denied").doesNotContain("s3cr3t");
        assertThat(target.toString()).doesNotContain("s3cr3t");
    }

    private static String body(RtmpClient client) throws Exception {
        return Bytes.of(client.awaitMedia().body()).toHex();
    }

    private static void publishFormat(RtmpClient client) throws IOException {
        for (var config : new TagWriter(FORMAT).configs(0)) {
            client.send(config);
        }
    }

    private static id.pantau.media.flv.StreamTag tag(AccessUnit unit, int timestampMs) {
        return Objects.requireNonNull(new TagWriter(FORMAT).unit(unit, timestampMs));
    }

    private AccessUnit unit() throws InterruptedException {
        return switch (published.poll(10, TimeUnit.SECONDS)) {
            case StreamSignal.Unit(AccessUnit unit) -> unit;
            case null, default -> throw new AssertionError("no access unit came");
        };
    }

    private AccessUnit video(boolean key, int bytes) {
        byte[] nal = new byte[bytes];
        java.util.Arrays.fill(nal, (byte) 0x5a);
        nal[0] = (byte) (key ? 0x65 : 0x41);
        nal[1] = (byte) 0x88;
        var payload = ByteBuffer.allocate(4 + bytes).putInt(bytes).put(nal).flip();
        return made(MediaKind.VIDEO, key, payload);
    }

    private AccessUnit audio(int bytes) {
        ByteBuffer payload = ByteBuffer.allocate(bytes);
        payload.put(0, (byte) 0x21);
        return made(MediaKind.AUDIO, true, payload);
    }

    private AccessUnit made(MediaKind kind, boolean key, ByteBuffer payload) {
        var time = new MediaTime(900_000 + ticks * 6000L);
        Instant wall = START.plusMillis(ticks * 67L);
        ticks++;
        return new AccessUnit(kind, time, time, key, wall, payload);
    }

    private static ByteBuffer hex(String text) {
        return ByteBuffer.wrap(Bytes.ofHex(text).toArray());
    }

    private static Socket tlsSocket(int port) throws Exception {
        return CameraTls.over(
                new Socket(InetAddress.getLoopbackAddress(), port), "localhost", port);
    }
}
