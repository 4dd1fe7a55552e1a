package id.pantau.media.rtsp;

import static id.pantau.media.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RtspServerTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");
    private static final Bytes SPS = Bytes.ofHex("6742c01eda02802dc8");
    private static final Bytes PPS = Bytes.ofHex("68ce3c80");
    private static final VideoFormat VIDEO =
            new VideoFormat(Codec.H264, 640, 360, 15, 0, List.of(), List.of(SPS), List.of(PPS));
    private static final AudioFormat AUDIO =
            new AudioFormat(Codec.AAC, 16_000, 1, Bytes.ofHex("1408"));

    private final StreamHub hub = new StreamHub("cam1/main", StreamHub.CacheLimits.DEFAULT);
    private RtspServer server;
    private int ticks;

    @BeforeEach
    void start() throws IOException {
        server = serve(RtspServerSettings.loopback(), RtspAccess.OPEN);
        hub.accept(new StreamSignal.FormatChanged(new StreamFormat(VIDEO, AUDIO)));
    }

    private RtspServer serve(RtspServerSettings settings, RtspAccess access) throws IOException {
        return RtspServer.start(
                settings, RtspCatalog.of(Map.of("cam1/main", RtspSource.of(hub))), access);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void optionsNameTheMethods() throws IOException {
        try (var client = new TestClient(server)) {
            var answer = client.ask("OPTIONS", "*");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().first("Public").orElseThrow())
                    .contains("DESCRIBE", "SETUP", "PLAY", "TEARDOWN", "GET_PARAMETER");
        }
    }

    @Test
    void describeTellsBothMediaTracks() throws IOException {
        try (var client = new TestClient(server)) {
            var answer = client.ask("DESCRIBE", "cam1/main");
            assertThat(answer.headers().first("Content-Base")).hasValue(client.url("cam1/main/"));
            assertThat(answer.bodyText())
                    .contains(
                            "m=video 0 RTP/AVP 96\r\n",
                            "a=rtpmap:96 H264/90000\r\n",
                            "profile-level-id=42C01E;sprop-parameter-sets=Z0LAHtoCgC3I,aM48gA==\r\n",
                            "a=control:track0\r\n",
                            "m=audio 0 RTP/AVP 97\r\n",
                            "a=rtpmap:97 mpeg4-generic/16000/1\r\n",
                            "config=1408\r\n",
                            "a=control:track1\r\n");
        }
    }

    @Test
    void whatDoesNotExistIsNotFound() throws IOException {
        try (var client = new TestClient(server)) {
            assertThat(client.ask("DESCRIBE", "cam2/main").status()).isEqualTo(404);
            assertThat(client.setup("cam1/main/track7", 0).status()).isEqualTo(404);
        }
    }

    @Test
    void aStreamWithoutMediaIsNotAvailable() throws IOException {
        hub.accept(ended());
        try (var client = new TestClient(server)) {
            assertThat(client.ask("DESCRIBE", "cam1/main").status()).isEqualTo(503);
        }
    }

    @Test
    void wrongOrderAndWrongSessionAreToldApart() throws IOException {
        try (var client = new TestClient(server)) {
            assertThat(client.ask("PLAY", "cam1/main").status()).isEqualTo(455);
            assertThat(client.ask("PAUSE", "cam1/main").status()).isEqualTo(455);
            assertThat(client.ask("PLAY", "cam1/main", "Session", "beef").status()).isEqualTo(454);
            assertThat(client.ask("RECORD", "cam1/main").status()).isEqualTo(405);
            assertThat(client.ask("REDIRECT", "cam1/main").status()).isEqualTo(501);
            assertThat(client.setup("cam1/main", 0).status()).isEqualTo(459);
        }
    }

    @Test
    void multicastAndUnknownTransportsAreRefused() throws IOException {
        try (var client = new TestClient(server)) {
            for (String transport :
                    List.of(
                            "RTP/AVP;multicast",
                            "RTP/SAVP;unicast;client_port=5000-5001",
                            "RAW/RAW/UDP;unicast")) {
                var answer = client.ask("SETUP", "cam1/main/track0", "Transport", transport);
                assertThat(answer.status()).as(transport).isEqualTo(461);
            }
        }
    }

    @Test
    void playBeginsWithTheCachedKeyFrameAndItsParameterSets() throws Exception {
        video(true, 40);
        video(false, 30);
        try (var client = new TestClient(server)) {
            play(client);
            assertThat(client.rtp(0).nalType()).as("parameter sets together").isEqualTo(24);
            var picture = client.rtp(0);
            assertThat(picture.nalType()).isEqualTo(5);
            assertThat(picture.marker()).isTrue();
            assertThat(client.rtp(0).nalType()).isEqualTo(1);
        }
        await(() -> server.figures().streams() == 0);
    }

    @Test
    void largePicturesAreFragmentedAndPutTogetherAgain() throws Exception {
        video(true, 5000);
        try (var client = new TestClient(server)) {
            play(client);
            client.rtp(0);
            var whole = ByteBuffer.allocate(6000);
            TestClient.RtspPacket packet;
            do {
                packet = client.rtp(0);
                assertThat(packet.nalType()).isEqualTo(28);
                whole.put(packet.payload().slice(2, packet.payload().limit() - 2));
            } while (!packet.marker());
            assertThat(whole.position()).isEqualTo(5000 - 1);
        }
    }

    @Test
    void theSenderReportMapsRtpTimeToTheWallClock() throws Exception {
        video(true, 40);
        try (var client = new TestClient(server)) {
            play(client);
            int time = client.rtp(0).time();
            TestClient.Frame report;
            do {
                report = client.frame();
            } while (report.channel() != 1);
            assertThat(report.packet().get(1) & 0xff).isEqualTo(200);
            assertThat(report.packet().getInt(16)).isEqualTo(time);
            assertThat(report.packet().getInt(8) & 0xffff_ffffL)
                    .isEqualTo(START.getEpochSecond() + 2_208_988_800L);
        }
    }

    @Test
    void audioTravelsOnItsOwnChannelAndClock() throws Exception {
        video(true, 40);
        try (var client = new TestClient(server)) {
            play(client);
            var picture = client.rtp(0);
            audio(100);
            var sound = client.rtp(2);
            assertThat(sound.payload().limit()).isEqualTo(104);
            assertThat(sound.payload().getInt(0)).isEqualTo(16 << 16 | 100 << 3);
            assertThat(sound.ssrc()).isNotEqualTo(picture.ssrc());
        }
    }

    @Test
    void aSingleTrackOnUnusualChannelsGetsOnlyItself() throws Exception {
        video(true, 40);
        try (var client = new TestClient(server)) {
            client.ask("DESCRIBE", "cam1/main");
            assertThat(client.setup("cam1/main/track0", 10).headers().first("Transport"))
                    .hasValue("RTP/AVP/TCP;unicast;interleaved=10-11");
            assertThat(client.ask("PLAY", "cam1/main").status()).isEqualTo(200);
            audio(100);
            video(false, 30);
            for (int i = 0; i < 4; i++) {
                assertThat(client.frame().channel()).isIn(10, 11);
            }
        }
    }

    @Test
    void pauseStopsMediaAndPlayBeginsAtAKeyFrameAgain() throws Exception {
        video(true, 40);
        try (var client = new TestClient(server)) {
            play(client);
            assertThat(client.rtp(0).nalType()).isEqualTo(24);
            assertThat(client.ask("PAUSE", "cam1/main").status()).isEqualTo(200);
            await(() -> server.figures().streams() == 0);
            video(true, 41);
            assertThat(client.ask("PLAY", "cam1/main").status()).isEqualTo(200);
            TestClient.RtspPacket packet;
            do {
                packet = client.rtp(0);
            } while (packet.nalType() != 5 || packet.payload().limit() != 41);
        }
    }

    @Test
    void everyClientOfAStreamSeesTheSamePackets() throws Exception {
        video(true, 40);
        try (var one = new TestClient(server);
                var two = new TestClient(server)) {
            play(one);
            play(two);
            assertThat(one.rtp(0)).isEqualTo(two.rtp(0));
            assertThat(server.figures().streams()).isEqualTo(1);
            assertThat(hub.readerCount()).isEqualTo(1);
        }
    }

    @Test
    void aClientThatReadsNothingHarmsNobody() throws Exception {
        server.close();
        server = serve(RtspServerSettings.loopback().withQueueBytes(256 << 10), RtspAccess.OPEN);
        video(true, 40);
        try (var slow = new TestClient(server);
                var fast = new TestClient(server)) {
            play(slow);
            play(fast);
            fast.rtp(0);
            int pictures = 0;
            for (int i = 0; i < 400; i++) {
                video(i % 10 == 0, 40_000);
                TestClient.RtspPacket packet;
                do {
                    packet = fast.rtp(0);
                } while (!packet.marker() || packet.payload().limit() < 100);
                pictures++;
            }
            assertThat(pictures).isEqualTo(400);
            assertThat(server.figures().droppedUnits()).isPositive();
        }
    }

    @Test
    void aNewDecoderConfigurationGoesOnInBand() throws Exception {
        video(true, 40);
        try (var client = new TestClient(server)) {
            play(client);
            var first = client.rtp(0);
            Bytes other = Bytes.ofHex("6742c01fda014016e9");
            var changed =
                    new VideoFormat(
                            Codec.H264, 1280, 720, 15, 0, List.of(), List.of(other), List.of(PPS));
            hub.accept(new StreamSignal.FormatChanged(new StreamFormat(changed, AUDIO)));
            video(true, 40);
            TestClient.RtspPacket packet;
            do {
                packet = client.rtp(0);
            } while (packet.nalType() != 24);
            assertThat(packet.payload().slice(3, other.size())).isEqualTo(other.buffer());
            assertThat(packet.ssrc()).isEqualTo(first.ssrc());
        }
    }

    @Test
    void aCameraThatReconnectsKeepsItsClientsAndItsTimeGoesOn() throws Exception {
        video(true, 40);
        try (var client = new TestClient(server)) {
            play(client);
            int before = client.rtp(0).time();
            hub.accept(ended());
            ticks = 0; // a new media clock
            hub.accept(new StreamSignal.FormatChanged(new StreamFormat(VIDEO, AUDIO)));
            unit(MediaKind.VIDEO, true, nal(5, 77), new MediaTime(0), START.plusSeconds(7));
            TestClient.RtspPacket packet;
            do {
                packet = client.rtp(0);
            } while (packet.nalType() != 5 || packet.payload().limit() != 77);
            assertThat(packet.time() - before).isEqualTo(7 * 90_000);
        }
    }

    @Test
    void otherMediaTracksEndTheConnection() throws Exception {
        video(true, 40);
        try (var client = new TestClient(server)) {
            play(client);
            hub.accept(new StreamSignal.FormatChanged(new StreamFormat(VIDEO, null)));
            client.awaitEnd();
        }
    }

    @Test
    void udpGoesToThePortsOfTheClient() throws Exception {
        video(true, 40);
        try (var client = new TestClient(server);
                var rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var rtcp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            rtp.setSoTimeout(10_000);
            rtcp.setSoTimeout(10_000);
            client.ask("DESCRIBE", "cam1/main");
            var ports = new RtspTransport.Pair(rtp.getLocalPort(), rtcp.getLocalPort());
            String wanted = RtspTransport.udp(ports).write();
            var setup = client.ask("SETUP", "cam1/main/track0", "Transport", wanted);
            var agreed =
                    RtspTransport.parse(setup.headers().first("Transport").orElseThrow())
                            .orElseThrow();
            var serverPort = Objects.requireNonNull(agreed.serverPort());
            client.ask("PLAY", "cam1/main");

            var packet = new DatagramPacket(new byte[2000], 2000);
            rtp.receive(packet);
            assertThat(packet.getPort()).isEqualTo(serverPort.rtp());
            assertThat(packet.getData()[12] & 0x1f).isEqualTo(24);
            rtcp.receive(packet);
            assertThat(packet.getData()[1] & 0xff).isEqualTo(200);
        }
    }

    @Test
    void aSilentUdpClientIsLetGo() throws Exception {
        server.close();
        var settings = RtspServerSettings.loopback().withSessionTimeout(Duration.ofMillis(300));
        server = serve(settings, RtspAccess.OPEN);
        video(true, 40);
        try (var client = new TestClient(server)) {
            String wanted = RtspTransport.udp(new RtspTransport.Pair(50_000, 50_001)).write();
            client.ask("SETUP", "cam1/main/track0", "Transport", wanted);
            client.ask("PLAY", "cam1/main");
            client.awaitEnd();
        }
        await(() -> server.figures().streams() == 0);
    }

    @Test
    void tearDownEndsTheSessionAndTheConnectionServesOn() throws Exception {
        video(true, 40);
        try (var client = new TestClient(server)) {
            play(client);
            assertThat(client.ask("TEARDOWN", "cam1/main").status()).isEqualTo(200);
            assertThat(client.ask("PLAY", "cam1/main").status()).isEqualTo(454);
            await(() -> hub.readerCount() == 0);
        }
    }

    @Test
    void basicAndDigestAreAsked() throws Exception {
        server.close();
        server =
                serve(
                        RtspServerSettings.loopback(),
                        RtspAccess.account(
                                "rina",
                                "rahasia",
                                RtspAccess.Scheme.DIGEST_SHA_256,
                                RtspAccess.Scheme.BASIC));
        try (var client = new TestClient(server)) {
            var refused = client.ask("DESCRIBE", "cam1/main");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(client.ask("DESCRIBE", "cam9").status()).isEqualTo(401);

            var challenges = RtspChallenge.parseAll(refused.headers().all("WWW-Authenticate"));
            var wrong = new RtspAuthentication("rina", "salah");
            wrong.accept(challenges);
            assertThat(describe(client, wrong).status()).isEqualTo(401);
            var right = new RtspAuthentication("rina", "rahasia");
            right.accept(challenges);
            assertThat(describe(client, right).status()).isEqualTo(200);
            client.authorization(null);
            assertThat(client.setup("cam1/main/track0", 0).status()).isEqualTo(200);
        }
        try (var client = new TestClient(server)) {
            client.authorization(new RtspAuthorization.Basic("rina", "rahasia").write());
            assertThat(client.ask("DESCRIBE", "cam1/main").status()).isEqualTo(200);
        }
        try (var client = new TestClient(server)) {
            assertThat(client.setup("cam1/main/track0", 0).status()).isEqualTo(401);
        }
    }

    private static RtspMessage.Response describe(
            TestClient client, RtspAuthentication authentication) throws IOException {
        String url = client.url("cam1/main");
        client.authorization(authentication.answer("DESCRIBE", url).orElseThrow().write());
        return client.ask(Request.of("DESCRIBE", url));
    }

    @Test
    void theTicketBehindTheQuestionMarkReachesTheAccessCheck() throws Exception {
        server.close();
        var tickets =
                new RtspAccess() {
                    @Override
                    public List<RtspChallenge> challenges(String nonce) {
                        return List.of();
                    }

                    @Override
                    public Verdict check(Asked asked) {
                        return asked.query().equals("ticket=abc")
                                ? Verdict.ALLOWED
                                : Verdict.HIDDEN;
                    }
                };
        server = serve(RtspServerSettings.loopback(), tickets);
        try (var client = new TestClient(server)) {
            assertThat(client.ask("DESCRIBE", "cam1/main").status()).isEqualTo(404);
            assertThat(client.ask("DESCRIBE", "cam1/main?ticket=abc").status()).isEqualTo(200);
            assertThat(client.setup("cam1/main/track0", 0).status()).isEqualTo(200);
            assertThat(client.setup("cam1/main?ticket=abc/track1", 2).status()).isEqualTo(200);
        }
    }

    @Test
    void noiseDoesNotHurt() throws Exception {
        try (var client = new TestClient(server)) {
            client.send(
                    ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            client.send(
                    ByteBuffer.wrap(
                            new byte[] {'$', 0, 0, 8, (byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 0}));
            assertThat(client.ask("OPTIONS", "*").status()).isEqualTo(200);
        }
    }

    @Test
    void theRangeThatIsPlayedIsAnsweredInTheUnitItWasAskedIn() throws Exception {
        video(true, 40);
        for (String asked : List.of("npt=0.000-", "npt=now-", "npt=12-20", "smpte=0:10:00-")) {
            assertThat(playedRange(asked)).isEqualTo("npt=now-");
        }
        String clock = playedRange("clock=19961108T142300Z-");
        var range = RtspRange.parse(clock).orElseThrow();
        assertThat(range.start()).isInstanceOf(RtspRange.Position.At.class);
        assertThat(((RtspRange.Position.At) Objects.requireNonNull(range.start())).instant())
                .isBetween(Instant.now().minusSeconds(20), Instant.now().plusSeconds(1));
        assertThat(range.end()).isNull();
    }

    @Test
    void aRangeThatIsOverOrNoRangeIsRefusedAndTheSessionStays() throws Exception {
        video(true, 40);
        try (var client = new TestClient(server)) {
            assertThat(client.setup("cam1/main/track0", 0).status()).isEqualTo(200);
            assertThat(client.ask("PLAY", "cam1/main", "Range", "bytes=0-99").status())
                    .isEqualTo(501);
            assertThat(client.ask("PLAY", "cam1/main", "Range", "npt=soon-").status())
                    .isEqualTo(457);
            String over = "clock=19961108T142300Z-19961108T143520Z";
            assertThat(client.ask("PLAY", "cam1/main", "Range", over).status()).isEqualTo(457);
            assertThat(client.ask("PLAY", "cam1/main", "Range", "npt=0-").status()).isEqualTo(200);
        }
    }

    private String playedRange(String asked) throws IOException {
        try (var client = new TestClient(server)) {
            assertThat(client.setup("cam1/main/track0", 0).status()).isEqualTo(200);
            Response answer = client.ask("PLAY", "cam1/main", "Range", asked);
            assertThat(answer.status()).isEqualTo(200);
            return answer.headers().first("Range").orElseThrow();
        }
    }

    @Test
    void closingTheServerEndsItsClients() throws Exception {
        video(true, 40);
        try (var client = new TestClient(server)) {
            play(client);
            server.close();
            client.awaitEnd();
            assertThatThrownBy(() -> new TestClient(server)).isInstanceOf(Exception.class);
        }
        assertThat(hub.readerCount()).isZero();
    }

    private static void play(TestClient client) throws IOException {
        assertThat(client.ask("DESCRIBE", "cam1/main").status()).isEqualTo(200);
        assertThat(client.setup("cam1/main/track0", 0).status()).isEqualTo(200);
        assertThat(client.setup("cam1/main/track1", 2).status()).isEqualTo(200);
        assertThat(client.ask("PLAY", "cam1/main").status()).isEqualTo(200);
    }

    private void video(boolean key, int nalBytes) {
        var time = new MediaTime(ticks);
        ticks += 6000;
        unit(
                MediaKind.VIDEO,
                key,
                nal(key ? 5 : 1, nalBytes),
                time,
                START.plus(time.since(MediaTime.ZERO)));
    }

    private void audio(int bytes) {
        unit(MediaKind.AUDIO, true, ByteBuffer.allocate(bytes), new MediaTime(ticks), START);
    }

    private void unit(
            MediaKind kind, boolean key, ByteBuffer payload, MediaTime time, Instant wallTime) {
        hub.accept(new StreamSignal.Unit(new AccessUnit(kind, time, time, key, wallTime, payload)));
    }

    private static ByteBuffer nal(int type, int bytes) {
        ByteBuffer payload = ByteBuffer.allocate(4 + bytes).putInt(bytes);
        payload.put((byte) (0x60 | type));
        while (payload.hasRemaining()) {
            payload.put((byte) payload.position());
        }
        return payload.flip();
    }

    private static StreamSignal ended() {
        return new StreamSignal.Ended(new StreamEnd(StreamEnd.Reason.CONNECTION_LOST, "cut"));
    }
}
