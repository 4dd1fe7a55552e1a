package id.pantau.media.rtsp;

import static id.pantau.media.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Codec;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.rtp.RtpTrack;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.rtsp.RtspTarget.Transport;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RtspAttemptTest {
    /// Long enough for a busy machine, short enough to wait for.
    private static final RtspTimeouts SHORT =
            new RtspTimeouts(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(600),
                    Duration.ofMillis(400),
                    Duration.ofMillis(700));

    private static final RtspTimeouts PATIENT =
            new RtspTimeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10));

    private final UnitCounter units = new UnitCounter();

    @Test
    void mediaOfBothTracksArriveUntilTheCameraCloses() throws Exception {
        try (var camera =
                new ScriptedCamera(visitor -> {
                    visitor.untilPlay();
                    visitor.frame(0, 1);
                    visitor.frame(2, 5);
                    visitor.frame(0, 0);
                    visitor.frame(1, 0);
                })) {
            StreamEnd end = pull(camera.url("/live"), PATIENT);
            assertThat(end.reason()).isEqualTo(Reason.CLOSED_BY_CAMERA);
            assertThat(units.packets).containsExactly("0:1", "1:5", "0:0");
            assertThat(units.rtcpTracks).containsExactly(0);
            assertThat(units.tracks)
                    .extracting(RtpTrack::codec)
                    .containsExactly(Codec.H264, Codec.PCMA);
            assertThat(camera.requests)
                    .extracting(Request::method)
                    .containsExactly("OPTIONS", "DESCRIBE", "SETUP", "SETUP", "PLAY");
            assertThat(camera.requests.get(2).uri()).isEqualTo(camera.url("/live/track0") + "");
            assertThat(camera.requests.get(4).headers().first("Session")).hasValue("s1");
        }
    }

    @Test
    void noiseBetweenFramesIsSkippedAndServerRequestsAreAnswered() throws Exception {
        var answers = new CompletableFuture<List<Integer>>();
        try (var camera =
                new ScriptedCamera(visitor -> {
                    visitor.untilPlay();
                    visitor.frame(0, 1);
                    visitor.write("$$$\u0001garbage\r\n$\u0000\u0000");
                    visitor.frame(0, 2);
                    visitor.write("OPTIONS * RTSP/1.0\r\nCSeq: 77\r\n\r\n");
                    visitor.frame(0, 3);
                    visitor.write("BOGUS\r\n");
                    visitor.write("RTSP/1.0 200 OK\r\nCSeq: 999\r\n\r\n");
                    visitor.frame(0, 4);
                    var response = (Response) visitor.next();
                    answers.complete(List.of(response.status(), response.cseq().orElseThrow()));
                })) {
            StreamEnd end = pull(camera.url("/live"), PATIENT);
            assertThat(end.reason()).isEqualTo(Reason.CLOSED_BY_CAMERA);
            assertThat(units.packets).containsExactly("0:1", "0:2", "0:3", "0:4");
            assertThat(answers.get(5, TimeUnit.SECONDS)).containsExactly(200, 77);
        }
    }

    @Test
    void framesBeforeTheAnswerToPlayDoNotDisturbIt() throws Exception {
        try (var camera =
                new ScriptedCamera(visitor -> {
                    Request request = visitor.request();
                    while (!request.method().equals("PLAY")) {
                        visitor.serve(request);
                        request = visitor.request();
                    }
                    visitor.frame(0, 1);
                    visitor.serve(request);
                    visitor.frame(0, 2);
                })) {
            assertThat(pull(camera.url("/"), PATIENT).reason()).isEqualTo(Reason.CLOSED_BY_CAMERA);
            assertThat(units.packets).endsWith("0:2");
        }
    }

    @Test
    void silenceWhilePlayingIsAStallAndTheSessionIsGivenBack() throws Exception {
        try (var camera = new ScriptedCamera(ScriptedCamera.Visitor::serveForever)) {
            StreamEnd end = pull(camera.url("/live"), SHORT);
            assertThat(end.reason()).isEqualTo(Reason.STALLED);
            assertThat(end.detail())
                    .isEqualTo("127.0.0.1:%d sent no media for 400 ms.".formatted(camera.port()));
            await(() -> camera.requests.getLast().method().equals("TEARDOWN"));
        }
    }

    @Test
    void picturesWithoutAKeyFrameEndTheAttempt() throws Exception {
        try (var camera =
                new ScriptedCamera(visitor -> {
                    visitor.untilPlay();
                    while (true) {
                        visitor.frame(0, 0);
                        Thread.sleep(20);
                    }
                })) {
            assertThat(pull(camera.url("/live"), SHORT).reason()).isEqualTo(Reason.NO_KEY_FRAME);
        }
    }

    @Test
    void theSessionIsKeptAliveByGetParameterTwicePerTimeout() throws Exception {
        try (var camera = keepAliveCamera("OPTIONS, PLAY, GET_PARAMETER", 200)) {
            pull(camera.url("/live"), PATIENT);
            assertThat(camera.requests.getLast().method()).isEqualTo("GET_PARAMETER");
            assertThat(camera.requests.getLast().headers().first("Session")).hasValue("k");
        }
    }

    @Test
    void aCameraWithoutGetParameterIsKeptAliveByOptions() throws Exception {
        try (var camera = keepAliveCamera("OPTIONS, PLAY", 200)) {
            pull(camera.url("/live"), PATIENT);
            assertThat(camera.requests.getLast().method()).isEqualTo("OPTIONS");
        }
    }

    @Test
    void aForgottenSessionEndsTheAttempt() throws Exception {
        try (var camera = keepAliveCamera("OPTIONS, PLAY", 454)) {
            StreamEnd end = pull(camera.url("/live"), PATIENT);
            assertThat(end.reason()).isEqualTo(Reason.CLOSED_BY_CAMERA);
            assertThat(end.detail()).contains("no longer knows the session");
        }
    }

    private static ScriptedCamera keepAliveCamera(String methods, int status) throws Exception {
        return new ScriptedCamera(visitor -> {
            visitor.answer(
                    visitor.expect("OPTIONS"), Response.of(200, "OK").with("Public", methods));
            visitor.serve(visitor.expect("DESCRIBE"));
            for (int i = 0; i < 2; i++) {
                Request setup = visitor.expect("SETUP");
                String transport = setup.headers().first("Transport").orElseThrow();
                visitor.answer(
                        setup,
                        Response.of(200, "OK")
                                .with("Session", "k;timeout=1")
                                .with("Transport", transport));
            }
            visitor.ok(visitor.expect("PLAY"));
            visitor.keepSending();
            visitor.answer(visitor.request(), Response.of(status, "Whatever"));
            if (status != 200) {
                visitor.serveForever();
            }
        });
    }

    @Test
    void receiverReportsTravelOnTheRtcpChannelOfTheirTrack() throws Exception {
        var reports = new CompletableFuture<Integer>();
        try (var camera =
                new ScriptedCamera(visitor -> {
                    visitor.untilPlay();
                    visitor.keepSending();
                    byte[] bytes = visitor.socket.getInputStream().readNBytes(24);
                    reports.complete(bytes[0] == '$' && bytes[13] == 3 ? (int) bytes[1] : -1);
                })) {
            attempt(camera.url("/live"), PATIENT, Transport.TCP, Duration.ofMillis(50))
                    .run(_ -> {});
            assertThat(reports.get(5, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void anInterruptClosesTheConnectionAtOnce() throws Exception {
        var left = new CompletableFuture<Boolean>();
        try (var camera =
                new ScriptedCamera(visitor -> {
                    visitor.untilPlay();
                    visitor.frame(0, 1);
                    left.complete(visitor.socket.getInputStream().read() < 0);
                })) {
            var outcome = new CompletableFuture<String>();
            Thread thread =
                    Thread.startVirtualThread(() -> {
                        try {
                            outcome.complete(pull(camera.url("/live"), PATIENT) + "");
                        } catch (InterruptedException _) {
                            outcome.complete("interrupted");
                        }
                    });
            await(() -> !units.packets.isEmpty());
            thread.interrupt();
            assertThat(outcome.get(2, TimeUnit.SECONDS)).isEqualTo("interrupted");
            assertThat(left.get(2, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void mediaOverUdpComesInOrderAndThePortsArePunched() throws Exception {
        try (var rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var rtcp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var camera = new ScriptedCamera(visitor -> playOverUdp(visitor, rtp, rtcp))) {
            StreamEnd end =
                    attempt(camera.url("/live"), PATIENT, Transport.UDP, REPORTS).run(_ -> {});
            assertThat(camera.failures).isEmpty();
            assertThat(end.reason()).isEqualTo(Reason.CLOSED_BY_CAMERA);
            assertThat(units.packets).containsExactly("0:1", "0:2", "0:3");
        }
    }

    private static void playOverUdp(
            ScriptedCamera.Visitor visitor, DatagramSocket rtp, DatagramSocket rtcp)
            throws Exception {
        visitor.serve(visitor.expect("OPTIONS"));
        visitor.answer(
                visitor.expect("DESCRIBE"),
                Response.of(200, "OK")
                        .withBody(
                                "application/sdp", "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000"));
        Request setup = visitor.expect("SETUP");
        RtspTransport.Pair asked =
                RtspTransport.parse(setup.headers().first("Transport").orElseThrow())
                        .map(RtspTransport::clientPort)
                        .orElseThrow();
        visitor.answer(
                setup,
                Response.of(200, "OK")
                        .with("Session", "u")
                        .with(
                                "Transport",
                                "RTP/AVP;unicast;client_port=%s;server_port=%d-%d"
                                        .formatted(
                                                asked, rtp.getLocalPort(), rtcp.getLocalPort())));
        visitor.ok(visitor.expect("PLAY"));
        var punch = new DatagramPacket(new byte[64], 64);
        rtp.receive(punch);
        rtcp.receive(new DatagramPacket(new byte[64], 64));
        for (int sequence : new int[] {1, 3, 2}) {
            byte[] packet = ScriptedCamera.packet(sequence);
            packet[3] = (byte) sequence;
            rtp.send(
                    new DatagramPacket(
                            packet, packet.length, InetAddress.getLoopbackAddress(), asked.rtp()));
        }
        rtcp.receive(new DatagramPacket(new byte[64], 64)); // a receiver report
    }

    private static final Duration REPORTS = Duration.ofMillis(300);

    @Test
    void udpThatNeverComesIsAStallThatNamesThePorts() throws Exception {
        try (var camera =
                new ScriptedCamera(visitor -> {
                    while (true) {
                        Request request = visitor.request();
                        if (request.method().equals("SETUP")) {
                            visitor.answer(
                                    request,
                                    Response.of(200, "OK")
                                            .with("Session", "u")
                                            .with("Transport", "RTP/AVP;unicast;server_port=9-10"));
                        } else {
                            visitor.serve(request);
                        }
                    }
                })) {
            StreamEnd end =
                    attempt(camera.url("/live"), SHORT, Transport.UDP, REPORTS).run(_ -> {});
            assertThat(end.reason()).isEqualTo(Reason.STALLED);
            assertThat(end.detail()).contains("No datagram came on the UDP ports ");
            await(() -> camera.requests.getLast().method().equals("TEARDOWN"));
        }
    }

    @Test
    void unsupportedSoundIsLeftAwayAndUnsupportedVideoIsNamed() throws Exception {
        String aac = "m=audio 0 RTP/AVP 97\na=rtpmap:97 MP4A-LATM/48000\n";
        String video = "m=video 0 RTP/AVP 96\na=rtpmap:96 %s/90000\n";
        try (var camera = offering(video.formatted("H265") + aac)) {
            pull(camera.url("/"), PATIENT);
            assertThat(units.tracks).extracting(RtpTrack::codec).containsExactly(Codec.H265);
        }
        try (var camera = offering(video.formatted("MP4V-ES") + aac)) {
            StreamEnd end = pull(camera.url("/"), PATIENT);
            assertThat(end.reason()).isEqualTo(Reason.UNSUPPORTED_CODEC);
            assertThat(end.detail())
                    .contains("offers video MP4V-ES, audio MP4A-LATM; none of it can be recorded.");
        }
    }

    private static ScriptedCamera offering(String sdp) throws Exception {
        return new ScriptedCamera(visitor -> {
            visitor.serve(visitor.expect("OPTIONS"));
            visitor.answer(
                    visitor.expect("DESCRIBE"),
                    Response.of(200, "OK").withBody("application/sdp", sdp));
            visitor.untilPlay();
        });
    }

    @Test
    void aContentLengthThatIsTooLargeOrTooSmallOrMissingStillDescribes() throws Exception {
        for (String length : List.of("Content-Length: 9999\r\n", "Content-Length: 10\r\n", "")) {
            try (var camera =
                    new ScriptedCamera(visitor -> {
                        visitor.serve(visitor.expect("OPTIONS"));
                        Request describe = visitor.expect("DESCRIBE");
                        visitor.write(
                                "RTSP/1.0 200 OK\r\nCSeq: %s\r\n%s\r\n%s"
                                        .formatted(
                                                describe.cseq().orElseThrow(),
                                                length,
                                                ScriptedCamera.SDP));
                        visitor.untilPlay();
                    })) {
                units.tracks.clear();
                StreamEnd end = pull(camera.url("/live"), SHORT);
                assertThat(end.reason()).as(length).isEqualTo(Reason.CLOSED_BY_CAMERA);
                assertThat(units.tracks).as(length).hasSize(2);
            }
        }
    }

    @Test
    void aRedirectIsFollowedToAnotherCameraButNotToAnotherSchemeNorForEver() throws Exception {
        try (var camera =
                new ScriptedCamera(visitor -> {
                    visitor.untilPlay();
                    visitor.frame(0, 1);
                })) {
            try (var first = redirecting(camera.url("/real") + "")) {
                StreamEnd end = pull(first.url("/live"), PATIENT);
                assertThat(end.reason()).isEqualTo(Reason.CLOSED_BY_CAMERA);
                assertThat(units.packets).containsExactly("0:1");
                assertThat(camera.requests.getFirst().uri()).isEqualTo(camera.url("/real") + "");
            }
        }
        try (var evil = redirecting("http://192.0.2.1/")) {
            assertThat(pull(evil.url("/live"), PATIENT).reason()).isEqualTo(Reason.URL_REFUSED);
        }
        try (var loop = redirecting("/again")) {
            StreamEnd end = pull(loop.url("/live"), PATIENT);
            assertThat(end.reason()).isEqualTo(Reason.PROTOCOL_ERROR);
            assertThat(end.detail()).contains("redirects more than 3 times");
            assertThat(loop.requests).hasSize(8);
        }
    }

    @Test
    void everyPlaceIsAskedForBeforeItIsConnectedTo() throws Exception {
        try (var forbidden = new ScriptedCamera(ScriptedCamera.Visitor::serveForever);
                var first = redirecting(forbidden.url("/inside") + "")) {
            var asked = new ArrayList<URI>();
            UrlPolicy policy =
                    url -> {
                        asked.add(url);
                        return url.getPath().equals("/inside")
                                ? Optional.of("That is this server itself.")
                                : Optional.empty();
                    };
            var target = new RtspTarget(first.url("/live"), "admin", "secret", Transport.TCP);
            StreamEnd end =
                    new RtspAttempt(target, PATIENT, policy, Clock.systemUTC()).run(_ -> {});
            assertThat(end)
                    .isEqualTo(
                            new StreamEnd(
                                    Reason.URL_REFUSED,
                                    "127.0.0.1 redirects to where it must not: That is this server"
                                            + " itself."));
            assertThat(asked).containsExactly(first.url("/live"), forbidden.url("/inside"));
            assertThat(forbidden.requests).isEmpty();
        }
    }

    private static ScriptedCamera redirecting(String location) throws Exception {
        return new ScriptedCamera(visitor -> {
            visitor.serve(visitor.expect("OPTIONS"));
            visitor.answer(
                    visitor.expect("DESCRIBE"),
                    Response.of(302, "Moved").with("Location", location));
            visitor.serveForever();
        });
    }

    @Test
    void statusCodesBecomeReasons() throws Exception {
        assertThat(describedWith(404).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(describedWith(403).reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(describedWith(500).reason()).isEqualTo(Reason.PROTOCOL_ERROR);
        assertThat(describedWith(404).detail())
                .matches(
                        "127.0.0.1:\\d+ answers DESCRIBE of rtsp://127.0.0.1:\\d+/user=\\*\\*\\* "
                                + "with 404 No.");
    }

    private StreamEnd describedWith(int status) throws Exception {
        try (var camera =
                new ScriptedCamera(visitor -> {
                    visitor.serve(visitor.expect("OPTIONS"));
                    visitor.answer(visitor.expect("DESCRIBE"), Response.of(status, "No"));
                })) {
            return pull(camera.url("/user=admin"), PATIENT);
        }
    }

    @Test
    void whatIsNoRtspServerIsNamedAsSuch() throws Exception {
        try (var web =
                new ScriptedCamera(visitor -> {
                    visitor.request();
                    visitor.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
                })) {
            StreamEnd end = pull(web.url("/"), PATIENT);
            assertThat(end.reason()).isEqualTo(Reason.NOT_RTSP);
            assertThat(end.detail()).contains("it says \"HTTP/1.1 400 Bad Request");
        }
        try (var silent =
                new ScriptedCamera(visitor -> {
                    while (true) {
                        visitor.request();
                    }
                })) {
            StreamEnd end = pull(silent.url("/"), SHORT);
            assertThat(end.reason()).isEqualTo(Reason.NO_ANSWER);
            assertThat(end.detail())
                    .endsWith(" is connected but did not answer OPTIONS within 600 ms.");
        }
        try (var shut = new ScriptedCamera(ScriptedCamera.Visitor::request)) {
            assertThat(pull(shut.url("/"), PATIENT).reason()).isEqualTo(Reason.CLOSED_BY_CAMERA);
        }
    }

    @Test
    void aClosedPortAndAnUnknownHostAreTold() throws Exception {
        int port;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        StreamEnd end = pull(URI.create("rtsp://127.0.0.1:" + port + "/"), SHORT);
        assertThat(end.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(end.detail()).startsWith("Cannot connect to 127.0.0.1:" + port);
        assertThat(pull(URI.create("rtsp://no-such-camera.invalid/"), SHORT))
                .isEqualTo(
                        new StreamEnd(
                                Reason.HOST_UNKNOWN,
                                "The host name no-such-camera.invalid is not known."));
        assertThat(pull(URI.create("file:///etc/passwd"), SHORT).reason())
                .isEqualTo(Reason.URL_REFUSED);
    }

    @Test
    void tlsWithAPortThatHasNoneIsTold() throws Exception {
        try (var camera =
                new ScriptedCamera(visitor -> {
                    visitor.socket.getInputStream().read();
                    visitor.write("RTSP/1.0 400 Bad Request\r\n\r\n");
                })) {
            URI url = URI.create("rtsps://127.0.0.1:" + camera.port() + "/");
            assertThat(pull(url, PATIENT).reason()).isEqualTo(Reason.TLS_FAILED);
        }
    }

    private StreamEnd pull(URI url, RtspTimeouts timeouts) throws InterruptedException {
        return attempt(url, timeouts, Transport.TCP, Duration.ofSeconds(5)).run(_ -> {});
    }

    private RtspAttempt attempt(
            URI url, RtspTimeouts timeouts, Transport transport, Duration reportEvery) {
        var target = new RtspTarget(url, null, null, transport);
        return new RtspAttempt(
                target, timeouts, UrlPolicy.ANY, Clock.systemUTC(), units::create, reportEvery);
    }
}
