package id.pantau.media.rtsp;

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
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.PublishPoints;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.mp4.TestFormats;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Streams that are pushed to us, and that we push.
@Timeout(60)
class RtspPublishTest {
    private static final String KEY = "kunci/1 rahasia";
    private static final AudioFormat AUDIO =
            new AudioFormat(Codec.AAC, 16_000, 1, Bytes.ofHex("1408"));
    private static final StreamFormat FORMAT = new StreamFormat(TestFormats.H264, AUDIO);
    private static final RtspTimeouts TIMEOUTS =
            new RtspTimeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60));

    private static SSLContext tls;

    private final StreamHub published = new StreamHub("published", StreamHub.CacheLimits.DEFAULT);
    private final StreamHub source = new StreamHub("source", StreamHub.CacheLimits.DEFAULT);
    private final Points points = new Points();
    private RtspServer server;
    private int pictures;

    /// One stream, one publisher, one key.
    private final class Points implements PublishPoints {
        final AtomicReference<@Nullable Hold> holder = new AtomicReference<>();
        final List<StreamEnd> ends = new ArrayList<>(); // guarded by itself
        volatile boolean disabled;

        final class Hold implements Publication {
            volatile boolean revoked;

            @Override
            public void accept(StreamSignal signal) {
                published.accept(signal);
            }

            @Override
            public boolean isOpen() {
                return !revoked;
            }

            @Override
            public void close(StreamEnd end) {
                if (holder.compareAndSet(this, null)) {
                    synchronized (ends) {
                        ends.add(end);
                    }
                    published.accept(new StreamSignal.Ended(end));
                }
            }
        }

        @Override
        public Answer open(Request request) {
            if (!request.proof().isOf(KEY) || !request.name().equals("live/cam1")) {
                return new Answer.Refused(Reason.UNAUTHORIZED, "no such stream with this key");
            }
            if (disabled) {
                return new Answer.Refused(Reason.DISABLED, "the camera is disabled");
            }
            var hold = new Hold();
            return holder.compareAndSet(null, hold)
                    ? new Answer.Open(hold)
                    : new Answer.Refused(Reason.BUSY, "somebody else publishes it");
        }

        List<StreamEnd.Reason> reasons() {
            synchronized (ends) {
                return ends.stream().map(StreamEnd::reason).toList();
            }
        }
    }

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        tls = SelfSigned.in(folder);
    }

    @BeforeEach
    void start() throws IOException {
        server = serve(RtspServerSettings.loopback());
        source.accept(new StreamSignal.FormatChanged(FORMAT));
    }

    private RtspServer serve(RtspServerSettings settings) throws IOException {
        return RtspServer.start(
                settings,
                RtspOffer.of(
                                RtspCatalog.of(Map.of("live/cam1", RtspSource.of(published))),
                                RtspAccess.OPEN)
                        .withPublishPoints(points)
                        .withTls(
                                new RtspOffer.Tls(
                                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                        () -> tls)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// A picture and a sound that belongs to it.
    private void picture() {
        var time = new MediaTime(pictures * 6000L);
        Instant at = Instant.now();
        boolean key = pictures % 15 == 0;
        byte[] slice = new byte[3000];
        slice[4] = (byte) (key ? 0x65 : 0x41);
        slice[5] = (byte) 0x88;
        slice[6] = (byte) pictures;
        ByteBuffer payload = ByteBuffer.wrap(slice).putInt(0, slice.length - 4);
        source.accept(
                new StreamSignal.Unit(
                        new AccessUnit(MediaKind.VIDEO, time, time, key, at, payload)));
        ByteBuffer sound = ByteBuffer.wrap(new byte[] {0x21, 0x10, 4, 5, (byte) pictures});
        source.accept(
                new StreamSignal.Unit(
                        new AccessUnit(MediaKind.AUDIO, time, time, true, at, sound)));
        pictures++;
    }

    private CompletableFuture<StreamEnd> push(String url, @Nullable String password) {
        var target =
                new RtspTarget(
                        URI.create(url),
                        password == null ? null : "cam1",
                        password,
                        RtspTarget.Transport.TCP);
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new RtspPushAttempt(target, TIMEOUTS).run(source, () -> {});
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private String url(String query) {
        return "rtsp://127.0.0.1:%d/live/cam1%s".formatted(server.port(), query);
    }

    private static String basic(String password) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(("cam1:" + password).getBytes(StandardCharsets.UTF_8));
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private void pushesArrive(CompletableFuture<StreamEnd> push) throws Exception {
        try (HubReader reader =
                published.subscribe(
                        "test", HubReader.Limits.RECORDER, StreamHub.Start.NEXT_KEY_FRAME)) {
            await("the publication", () -> points.holder.get() != null || push.isDone());
            int sent = pictures;
            long before = published.unitsIn();
            while (published.unitsIn() < before + 60) {
                assertThat(push).isNotDone();
                assertThat(pictures - sent).isLessThan(500);
                picture();
                Thread.sleep(2);
            }
            assertThat(published.format()).hasValue(FORMAT);
            assertThat(reader.take())
                    .isInstanceOfSatisfying(
                            StreamSignal.FormatChanged.class,
                            changed -> assertThat(changed.format()).isEqualTo(FORMAT));
            assertThat(reader.take()).isInstanceOf(StreamSignal.Unit.class);
        }
    }

    @Test
    void whatIsPushedIsPublishedWithItsPicturesAndItsSound() throws Exception {
        var push = push(url("?key=kunci%2F1%20rahasia"), null);
        pushesArrive(push);
        source.accept(new StreamSignal.Ended(new StreamEnd(Reason.STALLED, "gone")));
        assertThat(push.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.STALLED);
        await("it is given back", () -> points.holder.get() == null);
        assertThat(points.reasons()).containsExactly(Reason.CLOSED_BY_CAMERA);
    }

    @Test
    void theKeyMayBeAPasswordAndTheWayMayBeTls() throws Exception {
        var push = push("rtsps://127.0.0.1:%d/live/cam1".formatted(server.tlsPort()), KEY);
        pushesArrive(push);
        Objects.requireNonNull(points.holder.get()).revoked =
                true; // the server's watch looks every few seconds
        assertThat(push.get(20, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CONNECTION_LOST);
        assertThat(points.reasons()).containsExactly(Reason.STOPPED);
    }

    @Test
    void aWrongKeyAnOccupiedStreamAndADisabledCameraAreRefused() throws Exception {
        assertThat(push(url("?key=wrong"), null).get().reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(push(url(""), "wrong").get().reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(points.holder.get()).isNull();
        try (var first = new TestClient(server);
                var second = new TestClient(server)) {
            first.authorization(basic(KEY));
            second.authorization(basic(KEY));
            assertThat(announce(first, sdp(FORMAT)).status()).isEqualTo(200);
            Response busy = announce(second, sdp(FORMAT));
            assertThat(busy.status()).isEqualTo(403);
            assertThat(busy.headers().first("Warning").orElseThrow()).contains("somebody else");
        }
        await("the first one is gone", () -> points.holder.get() == null);
        points.disabled = true;
        assertThat(push(url(""), KEY).get().reason()).isEqualTo(Reason.UNAUTHORIZED);
    }

    @Test
    void aPublisherWhoAnswersTheChallengeIsLetInAndSendsNoKey() throws Exception {
        for (DigestAlgorithm algorithm : List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5)) {
            try (var client = new TestClient(server)) {
                RtspChallenge challenge = challenged(client, algorithm);
                client.authorization(answer(challenge, client.url("live/cam1"), KEY));
                assertThat(announce(client, sdp(FORMAT)).status()).isEqualTo(200);
                assertThat(client.setup("live/cam1/track0", 0).status()).isEqualTo(200);
                assertThat(client.ask("RECORD", "live/cam1").status()).isEqualTo(200);
            }
            await("the first one is gone", () -> points.holder.get() == null);
        }
    }

    @Test
    void anAnswerOfAnotherKeyNonceRealmOrPathOpensNothing() throws Exception {
        try (var client = new TestClient(server);
                var other = new TestClient(server)) {
            RtspChallenge mine = challenged(client, DigestAlgorithm.SHA_256);
            RtspChallenge foreign = challenged(other, DigestAlgorithm.SHA_256);
            String url = client.url("live/cam1");
            var elsewhere =
                    RtspChallenge.digest("Elsewhere", mine.nonce(), DigestAlgorithm.SHA_256, false);

            assertThat(refused(client, answer(mine, url, "wrong")).isStale()).isFalse();
            assertThat(refused(client, answer(elsewhere, url, KEY)).isStale()).isFalse();
            assertThat(refused(client, answer(mine, client.url("live/cam2"), KEY)).isStale())
                    .isFalse();
            RtspChallenge again = refused(client, answer(foreign, url, KEY));
            assertThat(again.isStale()).as("replayed from another connection").isTrue();
            assertThat(again.nonce()).isEqualTo(mine.nonce()).isNotEqualTo(foreign.nonce());
            assertThat(points.holder.get()).isNull();

            client.authorization(answer(again, url, KEY));
            assertThat(announce(client, sdp(FORMAT)).status()).isEqualTo(200);
        }
    }

    private static RtspChallenge challenged(TestClient client, DigestAlgorithm algorithm)
            throws IOException {
        Response answer = announce(client, sdp(FORMAT));
        assertThat(answer.status()).isEqualTo(401);
        return RtspChallenge.parseAll(answer.headers().all("WWW-Authenticate")).stream()
                .filter(one -> one.isDigest() && one.algorithm().orElseThrow() == algorithm)
                .findFirst()
                .orElseThrow();
    }

    private static RtspChallenge refused(TestClient client, String authorization)
            throws IOException {
        client.authorization(authorization);
        return challenged(client, DigestAlgorithm.SHA_256);
    }

    private static String answer(RtspChallenge challenge, String uri, String key) {
        var authentication = new RtspAuthentication("encoder", key);
        assertThat(authentication.accept(List.of(challenge))).isTrue();
        return authentication.answer("ANNOUNCE", uri).orElseThrow().write();
    }

    private static String sdp(StreamFormat format) {
        return MountDescription.write(format, 1);
    }

    private static Response announce(TestClient client, String sdp) throws IOException {
        return client.ask(
                new Request(
                                "ANNOUNCE",
                                client.url("live/cam1"),
                                RtspHeaders.EMPTY,
                                Bytes.of(sdp.getBytes(StandardCharsets.UTF_8)))
                        .with("Content-Type", "application/sdp"));
    }

    @Test
    void methodsOutOfOrderAreRefused() throws Exception {
        try (var client = new TestClient(server)) {
            client.authorization(basic(KEY));
            assertThat(client.ask("OPTIONS", "*").headers().first("Public").orElseThrow())
                    .contains("ANNOUNCE", "RECORD");
            assertThat(client.ask("RECORD", "live/cam1").status()).isEqualTo(455);
            assertThat(announce(client, sdp(FORMAT)).status()).isEqualTo(200);
            assertThat(announce(client, sdp(FORMAT)).status()).isEqualTo(455);
            assertThat(client.ask("RECORD", "live/cam1").status()).isEqualTo(455);
            assertThat(client.ask("PLAY", "live/cam1").status()).isEqualTo(455);
            assertThat(client.ask("DESCRIBE", "live/cam1").status()).isEqualTo(455);
            assertThat(client.setup("live/cam1/track7", 0).status()).isEqualTo(404);
            assertThat(client.ask("SETUP", "live/cam1/track0", "Transport", "RAW/RAW/UDP").status())
                    .isEqualTo(461);
            Response setup = client.setup("live/cam1/track0", 4);
            assertThat(setup.headers().first("Transport").orElseThrow())
                    .contains("interleaved=4-5", "mode=record");
            assertThat(client.ask("RECORD", "live/cam1").status()).isEqualTo(200);
            assertThat(client.setup("live/cam1/track1", 6).status()).isEqualTo(455);
            assertThat(client.ask("TEARDOWN", "live/cam1").status()).isEqualTo(200);
            assertThat(points.reasons()).containsExactly(Reason.CLOSED_BY_CAMERA);
        }
        try (var players =
                        RtspServer.start(
                                RtspServerSettings.loopback(),
                                RtspCatalog.of(Map.of()),
                                RtspAccess.OPEN);
                var client = new TestClient(players)) {
            assertThat(announce(client, sdp(FORMAT)).status()).isEqualTo(405);
        }
    }

    @Test
    void mediaNobodyCarriesIsAnUnsupportedMediaType() throws Exception {
        try (var client = new TestClient(server)) {
            client.authorization(basic(KEY));
            Response answer =
                    announce(client, "v=0\r\nm=video 0 RTP/AVP 26\r\na=control:track0\r\n");
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.headers().first("Warning").orElseThrow()).contains("JPEG");
            assertThat(announce(client, "no session description").status()).isEqualTo(415);
        }
        assertThat(points.holder.get()).isNull();
        assertThat(points.reasons())
                .containsExactly(Reason.UNSUPPORTED_CODEC, Reason.UNSUPPORTED_CODEC);
    }

    @Test
    void aPublisherThatVanishesMidGopEndsItsStreamAndTheNextOneBegins() throws Exception {
        var push = push(url("?key=kunci%2F1%20rahasia"), null);
        pushesArrive(push);
        server.dropConnections();
        assertThat(push.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CONNECTION_LOST);
        await("it is given back", () -> points.holder.get() == null);
        assertThat(points.reasons()).containsExactly(Reason.CONNECTION_LOST);
        assertThat(published.format()).isEmpty();

        long before = published.unitsIn();
        var again = push(url("?key=kunci%2F1%20rahasia"), null);
        await("it publishes again", () -> points.holder.get() != null);
        for (int i = 0; i < 100 && published.unitsIn() < before + 20; i++) {
            picture();
            Thread.sleep(5);
        }
        assertThat(published.unitsIn()).isGreaterThan(before);
        assertThat(again).isNotDone();
    }

    @Test
    void connectionsThatAskNothingAreBoundedAndLetGo() throws Exception {
        server.close();
        RtspServerSettings loopback = RtspServerSettings.loopback();
        server =
                serve(
                        new RtspServerSettings(
                                loopback.address(),
                                Duration.ofSeconds(2),
                                50,
                                true,
                                1 << 20,
                                loopback.pending()));
        List<Socket> halfOpen = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                halfOpen.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            await("the others are refused", () -> server.figures().refusedConnections() >= 300);
            assertThat(server.figures().connections()).isLessThanOrEqualTo(50);
            Socket slow = halfOpen.getFirst();
            await(
                    "all are let go, however slowly one of them speaks",
                    () -> {
                        try {
                            slow.getOutputStream().write('O');
                        } catch (IOException _) {
                            // cut off
                        }
                        return server.figures().connections() == 0;
                    });
        } finally {
            for (Socket socket : halfOpen) {
                socket.close();
            }
        }
    }

    @Test
    void damagedConversationsCostNothingButThemselves() throws Exception {
        long seed = System.nanoTime();
        System.out.println("RtspPublishTest seed " + seed);
        var random = new Random(seed);
        for (int run = 0; run < 60; run++) {
            byte[] talk = conversation();
            int changes = 1 + random.nextInt(12);
            for (int i = 0; i < changes; i++) {
                talk[random.nextInt(talk.length)] = (byte) random.nextInt();
            }
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write(talk, 0, random.nextInt(talk.length) + 1);
            } catch (IOException _) {
                // refused in the middle
            }
        }
        await("every stream is given back", () -> points.holder.get() == null);
        await("every connection is gone", () -> server.figures().connections() == 0);
        pushesArrive(push(url("?key=kunci%2F1%20rahasia"), null));
    }

    private byte[] conversation() {
        String sdp = sdp(FORMAT);
        String url = url("?key=kunci%2F1%20rahasia");
        String head =
                """
                ANNOUNCE %1$s RTSP/1.0
                CSeq: 1
                Content-Type: application/sdp
                Content-Length: %2$d

                %3$sSETUP %1$s/track0 RTSP/1.0
                CSeq: 2
                Transport: RTP/AVP/TCP;unicast;interleaved=0-1;mode=record

                RECORD %1$s RTSP/1.0
                CSeq: 3

                """
                        .replace("\n", "\r\n")
                        .formatted(url, sdp.length(), sdp);
        ByteBuffer bytes = ByteBuffer.allocate(head.length() + 20 * 44);
        bytes.put(head.getBytes(StandardCharsets.ISO_8859_1));
        for (int seq = 0; seq < 20; seq++) {
            bytes.put((byte) '$').put((byte) 0).putShort((short) 40);
            bytes.put((byte) 0x80).put((byte) 0xe0).putShort((short) seq).putInt(seq * 6000);
            bytes.putInt(7).put((byte) (seq % 5 == 0 ? 0x65 : 0x41)).put(new byte[27]);
        }
        return bytes.array();
    }
}
