package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.AccessUnit;
import id.pantau.media.Codec;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.net.PendingLimits;
import id.pantau.media.rtp.Packetizer;
import id.pantau.media.rtp.ReorderBuffer;
import id.pantau.media.rtp.RtpReceiver;
import id.pantau.media.rtp.RtpTrack;
import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspSource;
import id.pantau.media.webrtc.AnnouncedHost;
import id.pantau.media.webrtc.AnswerFacts;
import id.pantau.media.webrtc.WebRtcAnswer;
import id.pantau.media.webrtc.WebRtcServer;
import id.pantau.media.webrtc.WebRtcSession;
import id.pantau.media.webrtc.WebRtcSettings;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole way: offers, ICE, DTLS and SRTP between the server and a client that shares no code
/// with it.
class WebRtcServerTest {
    private static final WebRtcPeer.Manner PLAYS = WebRtcPeer.Manner.PLAYS;
    private static final Duration A_MOMENT = Duration.ofMillis(700);

    private static final long LOSSY_NANOS = 900_000_000;

    private final StreamHub hub = new StreamHub("cam", StreamHub.CacheLimits.DEFAULT);
    private WebRtcServer server;
    private @Nullable Thread feeder;

    @BeforeEach
    void start() throws IOException {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = WebRtcServer.start(WebRtcSettings.loopback().withTcp(anyPort));
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.close();
        Thread running = feeder;
        if (running != null) {
            running.interrupt();
            running.join();
        }
        assertThat(server.traffic().sessions()).isZero();
        assertThat(server.traffic().connecting()).isZero();
    }

    /// What a peer received, put together by the product's own receiver.
    private static final class Received {
        private final List<AccessUnit> units = new ArrayList<>();
        private final Set<ByteBuffer> payloads = new HashSet<>();
        private final Map<Integer, Integer> tracks = Map.of(97, 0, 0, 1);
        private final RtpReceiver receiver =
                new RtpReceiver(
                        List.of(
                                new RtpTrack(Codec.H264, 97, 90_000, 1, Map.of()),
                                new RtpTrack(Codec.PCMU, 0, 8000, 1, Map.of())),
                        Clock.systemUTC(),
                        this::accept);
        private final ReorderBuffer order =
                new ReorderBuffer(512, Duration.ofMillis(400), packet -> receiver.rtp(0, packet));

        private void accept(StreamSignal signal) {
            if (signal instanceof StreamSignal.Unit(AccessUnit unit)) {
                units.add(unit);
                payloads.add(unit.payload());
            }
        }

        void packet(byte[] plain) {
            Integer track = tracks.get(plain[1] & 0x7f);
            if (track != null && track == 0) {
                order.offer(ByteBuffer.wrap(plain), System.nanoTime());
            } else if (track != null) {
                receiver.rtp(track, ByteBuffer.wrap(plain));
            }
        }

        long pictures() {
            return units.stream().filter(AccessUnit::isVideo).count();
        }

        long sounds() {
            return units.size() - pictures();
        }
    }

    @Test
    void aViewerGetsThePicturesAndSoundsOfTheStreamFromTheNewestKeyFrameOn() throws Exception {
        for (WebRtcPeer.Manner manner : List.of(PLAYS, PLAYS.inCounterMode(), PLAYS.overTcp())) {
            Set<ByteBuffer> filmed = feed(GoldenMedia.H264_PCMU);
            var received = new Received();
            try (var peer = new WebRtcPeer(manner)) {
                WebRtcAnswer.Accepted answer = play(peer);
                assertThat(answer.facts())
                        .isEqualTo(new AnswerFacts(Codec.H264, Codec.PCMU, List.of()));
                peer.connect(answer.sdp());
                peer.receive(
                        A_MOMENT,
                        (self, packet, length) -> received.packet(self.open(packet, length)));
                assertThat(peer.isGcm()).isNotEqualTo(manner.counterModeOnly());
            }
            assertThat(received.pictures()).isGreaterThan(5);
            assertThat(received.sounds()).isGreaterThan(2);
            assertThat(received.units.getFirst().keyFrame()).isTrue();
            assertThat(received.receiver.statistics().packetsLost()).isZero();
            assertThat(received.receiver.statistics().packetsMalformed()).isZero();
            received.units.stream()
                    .filter(AccessUnit::isVideo)
                    .forEach(unit -> assertThat(filmed).contains(unit.payload()));
            stopFeeding();
            Eventually.await("the session ends", () -> server.list().isEmpty());
            Eventually.await("its reader leaves", () -> hub.readerCount() == 0);
        }
    }

    @Test
    void theNameOfTheRouterIsAnnouncedBesideTheServersOwn() throws Exception {
        feed(GoldenMedia.H264_PCMU);
        server.announceAlso(List.of(new AnnouncedHost("203.0.113.7", 40_000, 40_001)));
        try (var peer = new WebRtcPeer(PLAYS)) {
            assertThat(play(peer).sdp())
                    .contains("203.0.113.7 40000 typ host")
                    .contains("127.0.0.1 ");
        }
    }

    @Test
    void packetsThatAreLostComeAgainWhenAskedFor() throws Exception {
        for (boolean retransmission : new boolean[] {false, true}) {
            feed(GoldenMedia.H264_PCMU);
            var manner = retransmission ? withRetransmission() : PLAYS;
            var received = new Received();
            var lost = new HashSet<Integer>();
            var seen = new int[1];
            var ssrc = new int[1];
            long seed = System.nanoTime();
            System.out.println("WebRtcServerTest: seed " + seed);
            var random = new Random(seed);
            try (var peer = new WebRtcPeer(manner)) {
                WebRtcAnswer.Accepted answer = play(peer);
                peer.connect(answer.sdp());
                long start = System.nanoTime();
                peer.receive(
                        Duration.ofMillis(1500),
                        (self, packet, length) -> {
                            byte[] plain = self.open(packet, length);
                            ByteBuffer view = ByteBuffer.wrap(plain);
                            int sequence = view.getShort(2) & 0xffff;
                            int type = plain[1] & 0x7f;
                            if (type == 99) { // RFC 4588: put back what it was
                                int original = view.getShort(12) & 0xffff;
                                assertThat(lost).contains(original);
                                received.packet(original(plain, ssrc[0]));
                                return;
                            }
                            boolean picture = type == 97;
                            ssrc[0] = picture ? view.getInt(8) : ssrc[0];
                            boolean early = System.nanoTime() - start < LOSSY_NANOS;
                            if (picture
                                    && early // what is asked for at the end comes after it
                                    && ++seen[0] > 4
                                    && (seen[0] == 5 || random.nextInt(4) == 0) // one at least
                                    && lost.add(sequence)) {
                                ask(self, view.getInt(8), sequence);
                                return;
                            }
                            received.packet(plain);
                        });
                assertThat(lost).isNotEmpty();
                assertThat(answer.session().statistics().packetsMissing()).isEqualTo(lost.size());
                assertThat(answer.session().statistics().packetsResent()).isEqualTo(lost.size());
            }
            assertThat(received.receiver.statistics().packetsLost()).isZero();
            assertThat(received.pictures()).isGreaterThan(10);
            stopFeeding();
        }
    }

    private static WebRtcPeer.Manner withRetransmission() {
        var lines = new ArrayList<>(PLAYS.videoLines());
        lines.set(0, lines.getFirst() + " 99");
        lines.add("a=rtpmap:99 rtx/90000");
        lines.add("a=fmtp:99 apt=97");
        return PLAYS.withVideo(lines.toArray(String[]::new));
    }

    private static byte[] original(byte[] again, int ssrc) {
        byte[] plain = new byte[again.length - 2];
        System.arraycopy(again, 0, plain, 0, 12);
        System.arraycopy(again, 14, plain, 12, plain.length - 12);
        plain[1] = (byte) (again[1] & 0x80 | 97);
        plain[2] = again[12];
        plain[3] = again[13];
        ByteBuffer.wrap(plain).putInt(8, ssrc);
        return plain;
    }

    private static void ask(WebRtcPeer peer, int ssrc, int sequence)
            throws GeneralSecurityException {
        try {
            peer.nack(ssrc, sequence);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    @Test
    void whoLostThePictureGetsAKeyFrameAtOnceAndTimeNeverRunsBackwards() throws Exception {
        feed(GoldenMedia.H264_LONG_GOP);
        var keyFrames = new ArrayList<Integer>();
        var times = new ArrayList<Integer>();
        try (var peer = new WebRtcPeer(PLAYS)) {
            WebRtcAnswer.Accepted answer = play(peer);
            peer.connect(answer.sdp());
            var asked = new boolean[1];
            long start = System.nanoTime();
            peer.receive(
                    Duration.ofMillis(2200),
                    (self, packet, length) -> {
                        byte[] plain = self.open(packet, length);
                        ByteBuffer view = ByteBuffer.wrap(plain);
                        int time = view.getInt(4);
                        if ((plain[12] & 31) == 24) { // parameter sets: a key frame begins
                            keyFrames.add(time);
                        }
                        if (times.isEmpty() || times.getLast() != time) {
                            times.add(time);
                        }
                        if (!asked[0] && System.nanoTime() - start > 1_000_000_000L) {
                            asked[0] = true;
                            try {
                                self.pictureLoss(view.getInt(8));
                            } catch (IOException e) {
                                throw new GeneralSecurityException(e);
                            }
                        }
                    });
            assertThat(answer.session().statistics().keyFrameRequests()).isEqualTo(1);
        }
        assertThat(keyFrames)
                .as("one at the start, one when asked; the next is 20 s away")
                .hasSize(2);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isPositive();
        }
        assertThat(times.getLast() - times.getFirst()).isBetween(90_000, 90_000 * 4);
    }

    @Test
    void wrongCredentialsGetNoAnswer() throws Exception {
        feed(GoldenMedia.H264_PCMU);
        try (var peer = new WebRtcPeer(PLAYS.withWrongPassword())) {
            WebRtcAnswer.Accepted answer = play(peer);
            assertThatThrownBy(() -> peer.connect(answer.sdp()))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(answer.session().state().phase()).isEqualTo(WebRtcSession.Phase.CONNECTING);
        }
        assertThat(server.traffic().stunRejected()).isGreaterThan(5);
    }

    @Test
    void anotherCertificateThanTheOfferNamedIsRefused() throws Exception {
        feed(GoldenMedia.H264_PCMU);
        try (var peer = new WebRtcPeer(PLAYS.withWrongFingerprint())) {
            WebRtcAnswer.Accepted answer = play(peer);
            assertThatThrownBy(() -> peer.connect(answer.sdp())).isInstanceOf(IOException.class);
            Eventually.await("the session ends", () -> server.list().isEmpty());
            assertThat(answer.session().state().detail()).contains("DTLS");
            assertThat(answer.session().statistics().packetsSent()).isZero();
        }
        assertThat(server.traffic().handshakesFailed()).isEqualTo(1);
    }

    @Test
    void refusalsSayWhy() throws Exception {
        String offer;
        try (var peer = new WebRtcPeer(PLAYS)) {
            offer = peer.offer();
        }
        assertThat(reason(server.answerPlay(offer, hub)))
                .isEqualTo(WebRtcAnswer.Reason.NOT_STREAMING);
        feed(GoldenMedia.H264_PCMU);
        Eventually.await("the stream begins", () -> hub.format().isPresent());
        assertThat(reason(server.answerPlay(offer.replace("H264", "VP9"), hub)))
                .isEqualTo(WebRtcAnswer.Reason.NO_COMMON_CODEC);
        assertThat(reason(server.answerPlay("nonsense", hub)))
                .isEqualTo(WebRtcAnswer.Reason.MALFORMED_OFFER);
        assertThat(reason(server.answerPlay(offer + "a=x\r\n".repeat(20_000), hub)))
                .isEqualTo(WebRtcAnswer.Reason.OFFER_TOO_LARGE);
        try (var small = WebRtcServer.start(WebRtcSettings.loopback().withLimits(2, 1))) {
            assertThat(small.answerPlay(offer, hub)).isInstanceOf(WebRtcAnswer.Accepted.class);
            assertThat(reason(small.answerPlay(offer, hub)))
                    .isEqualTo(WebRtcAnswer.Reason.TOO_MANY_SESSIONS);
            assertThat(small.traffic().sessions()).isEqualTo(1);
            small.close();
            assertThat(reason(small.answerPlay(offer, hub))).isEqualTo(WebRtcAnswer.Reason.CLOSED);
        }
    }

    private static WebRtcAnswer.Reason reason(WebRtcAnswer answer) {
        var refused = (WebRtcAnswer.Refused) answer;
        assertThat(refused.detail()).isNotBlank();
        return refused.reason();
    }

    @Test
    void soundThatNoViewerPlaysIsSaidToBeMissing() throws Exception {
        feed(GoldenMedia.H264_AAC);
        try (var peer = new WebRtcPeer(PLAYS)) {
            WebRtcAnswer.Accepted answer = play(peer);
            assertThat(answer.facts().audio()).isNull();
            assertThat(answer.facts().remarks().getFirst().kind())
                    .isEqualTo(AnswerFacts.Kind.AUDIO_CODEC_NOT_PLAYABLE);
            answer.session().close(new StreamEnd(StreamEnd.Reason.STOPPED, "DELETE"));
            Eventually.await("it is gone", () -> server.find(answer.session().id()).isEmpty());
        }
    }

    @Test
    void aViewerThatVanishesOrNeverComesIsLetGo() throws Exception {
        feed(GoldenMedia.H264_PCMU);
        var settings =
                WebRtcSettings.loopback()
                        .withTimeouts(Duration.ofMillis(600), Duration.ofMillis(600));
        try (var hasty = WebRtcServer.start(settings);
                var peer = new WebRtcPeer(PLAYS)) {
            Eventually.await("the stream begins", () -> hub.format().isPresent());
            var never = (WebRtcAnswer.Accepted) hasty.answerPlay(peer.offer(), hub);
            var vanishing = (WebRtcAnswer.Accepted) hasty.answerPlay(peer.offer(), hub);
            peer.connect(vanishing.sdp());
            Eventually.await("pictures flow", () -> hub.readerCount() == 1);
            peer.vanish();
            Eventually.await("both are let go", () -> hasty.traffic().sessions() == 0);
            assertThat(never.session().state().detail()).contains("did not connect");
            assertThat(vanishing.session().state().detail()).contains("nothing heard");
            Eventually.await("its reader leaves", () -> hub.readerCount() == 0);
        }
    }

    @Test
    void aFloodOfStrangersCostsNoSessionAndNoAnswer() throws Exception {
        long seed = System.nanoTime();
        System.out.println("WebRtcServerTest: seed " + seed);
        var random = new Random(seed);
        feed(GoldenMedia.H264_PCMU);
        try (var socket = new DatagramSocket();
                var peer = new WebRtcPeer(PLAYS)) {
            WebRtcAnswer.Accepted answer = play(peer);
            for (int i = 0; i < 3000; i++) {
                byte[] packet = new byte[1 + random.nextInt(200)];
                random.nextBytes(packet);
                if (i % 3 == 0 && packet.length >= 20) {
                    ByteBuffer.wrap(packet)
                            .putInt(0, 0x0001_0000 | packet.length - 20)
                            .putInt(4, 0x2112_A442);
                }
                socket.send(new DatagramPacket(packet, packet.length, server.udpAddress()));
            }
            for (int i = 0; i < 50; i++) {
                try (var tcp = new Socket()) {
                    tcp.connect(server.tcpAddress().orElseThrow(), 1000);
                    tcp.getOutputStream().write(new byte[] {0, 4, 22, 1, 2, 3});
                }
            }
            peer.connect(answer.sdp());
            var received = new Received();
            peer.receive(
                    Duration.ofMillis(300),
                    (self, packet, length) -> received.packet(self.open(packet, length)));
            assertThat(received.units).isNotEmpty();
            assertThat(server.traffic().strayPackets() + server.traffic().stunRejected())
                    .isPositive();
            socket.setSoTimeout(50);
            assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[100], 100)))
                    .isInstanceOf(SocketTimeoutException.class);
            Eventually.await("no connection stays", () -> server.traffic().tcpConnections() == 0);
        }
    }

    @Test
    void thousandsOfTcpConnectionsOfOneAddressShutNobodyElseOut() throws Exception {
        server.close();
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server =
                WebRtcServer.start(
                        WebRtcSettings.loopback()
                                .withTcp(anyPort)
                                .withPending(new PendingLimits(8, _ -> false)));
        InetSocketAddress tcp = server.tcpAddress().orElseThrow();
        feed(GoldenMedia.H264_PCMU);
        List<Socket> halfOpen = new ArrayList<>();
        try (var peer = new WebRtcPeer(PLAYS.overTcp())) {
            for (int i = 0; i < 2000; i++) {
                halfOpen.add(
                        new Socket(
                                tcp.getAddress(),
                                tcp.getPort(),
                                InetAddress.getByName("127.0.0.2"),
                                0));
            }
            peer.connect(play(peer).sdp());
            var received = new Received();
            peer.receive(
                    A_MOMENT, (self, packet, length) -> received.packet(self.open(packet, length)));
            assertThat(received.pictures()).isPositive();
            assertThat(server.traffic().tcpConnections()).isLessThanOrEqualTo(9);
            Eventually.await(
                    "all are refused, or let go because they pass no check",
                    Duration.ofSeconds(20),
                    () -> server.traffic().tcpRefused() + server.traffic().tcpFailed() == 2000);
            assertThat(server.traffic().tcpFailed()).isPositive();
        } finally {
            for (Socket socket : halfOpen) {
                socket.close();
            }
        }
    }

    /// A publication that gives what it gets to a hub.
    private static final class IntoHub implements Publication {
        private final StreamHub hub;
        private final AtomicReference<@Nullable StreamEnd> end = new AtomicReference<>();
        private volatile boolean open = true;

        IntoHub(StreamHub hub) {
            this.hub = hub;
        }

        @Override
        public void accept(StreamSignal signal) {
            hub.accept(signal);
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        StreamEnd.Reason reason() {
            return Objects.requireNonNull(end.get()).reason();
        }

        @Override
        public void close(StreamEnd why) {
            if (end.compareAndSet(null, why)) {
                hub.accept(new StreamSignal.Ended(why));
            }
        }
    }

    private static final WebRtcPeer.Manner PUBLISHES =
            PLAYS.withVideo(
                            "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
                            "a=sendonly",
                            "a=rtpmap:96 VP8/90000",
                            "a=rtpmap:97 H264/90000",
                            "a=fmtp:97 packetization-mode=1;profile-level-id=42e01f")
                    .withAudio("m=audio 9 UDP/TLS/RTP/SAVPF 0", "a=sendonly");

    @Test
    void aPublisherIsReceivedWholeThoughPacketsAreLostOnTheWay() throws Exception {
        var published = new StreamHub("phone", StreamHub.CacheLimits.DEFAULT);
        HubReader reader =
                published.subscribe(
                        "test", HubReader.Limits.RECORDER, StreamHub.Start.NEXT_KEY_FRAME);
        var publication = new IntoHub(published);
        Set<ByteBuffer> filmed = new HashSet<>();
        try (var peer = new WebRtcPeer(PUBLISHES);
                var clip = LoopingClip.open(GoldenMedia.H264_PCMU.path())) {
            var answer = (WebRtcAnswer.Accepted) server.answerPublish(peer.offer(), publication);
            assertThat(answer.facts().video()).isEqualTo(Codec.H264);
            peer.connect(answer.sdp());
            StreamFormat format = clip.format().orElseThrow();
            Packetizer video =
                    new Packetizer(Objects.requireNonNull(format.video()), 97, 7, 65_500, 1100);
            Packetizer audio =
                    new Packetizer(Objects.requireNonNull(format.audio()), 0, 8, 10, 1100);
            var withheld = new ArrayList<byte[]>();
            var counted = new int[1];
            try (RtspSource.Feed feed = clip.once().atSpeed(4).open()) {
                for (StreamSignal signal = feed.take();
                        !(signal instanceof StreamSignal.Ended);
                        signal = feed.take()) {
                    if (signal instanceof StreamSignal.Unit(AccessUnit unit)) {
                        filmed.add(unit.payload());
                        Packetizer packetizer = unit.isVideo() ? video : audio;
                        packetizer.packetize(
                                unit,
                                packet -> {
                                    byte[] plain = new byte[packet.remaining()];
                                    packet.get(plain);
                                    byte[] sealed = peer.protect(plain);
                                    boolean lose = unit.isVideo() && counted[0]++ % 9 == 5;
                                    if (lose) {
                                        withheld.add(sealed);
                                    } else {
                                        peer.sendRaw(sealed);
                                    }
                                });
                        // what was asked for by now comes a little later
                        if (withheld.size() > 1) {
                            Thread.sleep(15);
                            for (byte[] late : withheld) {
                                peer.sendRaw(late);
                            }
                            withheld.clear();
                        }
                    }
                }
            }
            for (byte[] late : withheld) {
                peer.sendRaw(late);
            }
            long pictures = filmed.size();
            Eventually.await(
                    "all arrive",
                    () -> answer.session().statistics().unitsReceived() >= pictures - 2);
            assertThat(answer.session().statistics().packetsLost()).isZero();
            assertThat(answer.session().statistics().packetsMissing())
                    .as("packets asked for again")
                    .isPositive();
            assertThat(published.format().map(StreamFormat::audio)).contains(format.audio());
        }
        Eventually.await("it is closed", () -> publication.end.get() != null);
        assertThat(publication.reason()).isEqualTo(StreamEnd.Reason.CLOSED_BY_CAMERA);
        int taken = 0;
        for (StreamSignal signal = reader.poll(Duration.ZERO);
                signal != null;
                signal = reader.poll(Duration.ZERO)) {
            if (signal instanceof StreamSignal.Unit(AccessUnit unit) && unit.isVideo()) {
                assertThat(filmed).contains(unit.payload());
                taken++;
            }
        }
        assertThat(taken).isGreaterThan(50);
    }

    @Test
    void aPublisherIsAskedForKeyFramesAndCutOffWhenTheStreamIsTakenBack() throws Exception {
        var publication = new IntoHub(new StreamHub("phone", StreamHub.CacheLimits.DEFAULT));
        try (var peer = new WebRtcPeer(PUBLISHES)) {
            var answer = (WebRtcAnswer.Accepted) server.answerPublish(peer.offer(), publication);
            peer.connect(answer.sdp());
            byte[] packet = new byte[40];
            packet[0] = (byte) 0x80;
            packet[1] = 97;
            packet[12] = 0x41; // a picture that refers to others
            Eventually.await(
                    "a key frame is asked for",
                    () -> {
                        packet[3]++;
                        packet[7]++;
                        try {
                            peer.sendRtp(packet);
                            peer.receive(Duration.ofMillis(20), (_, _, _) -> {});
                        } catch (IOException | GeneralSecurityException e) {
                            throw new AssertionError(e);
                        }
                        return answer.session().statistics().keyFrameRequests() > 1;
                    });
            publication.open = false;
            Eventually.await("it is cut off", () -> server.list().isEmpty());
            assertThat(publication.reason()).isEqualTo(StreamEnd.Reason.STOPPED);
        }
    }

    private WebRtcAnswer.Accepted play(WebRtcPeer peer) throws Exception {
        Eventually.await("the stream begins", () -> hub.format().isPresent());
        WebRtcAnswer answer = server.answerPlay(peer.offer(), hub);
        assertThat(answer).isInstanceOf(WebRtcAnswer.Accepted.class);
        return (WebRtcAnswer.Accepted) answer;
    }

    /// @return the payloads of all pictures
    private Set<ByteBuffer> feed(GoldenMedia media) throws IOException, InterruptedException {
        LoopingClip clip = LoopingClip.open(media.path());
        Set<ByteBuffer> pictures = new HashSet<>();
        try (RtspSource.Feed fast = clip.once().atSpeed(1e6).open()) {
            for (StreamSignal signal = fast.take();
                    !(signal instanceof StreamSignal.Ended);
                    signal = fast.take()) {
                if (signal instanceof StreamSignal.Unit(AccessUnit unit) && unit.isVideo()) {
                    pictures.add(unit.payload());
                }
            }
        }
        feeder =
                Thread.ofVirtual()
                        .start(() -> {
                            try (RtspSource.Feed feed = clip.open()) {
                                while (true) {
                                    hub.accept(feed.take());
                                }
                            } catch (InterruptedException _) {
                                // the test is over
                            }
                        });
        return pictures;
    }

    private void stopFeeding() throws InterruptedException {
        Thread running = feeder;
        if (running != null) {
            running.interrupt();
            running.join();
        }
        hub.accept(new StreamSignal.Ended(new StreamEnd(StreamEnd.Reason.STOPPED, "the test")));
    }
}
