package id.pantau.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.SelfSigned;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.rtsp.RtspTarget.Transport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A camera with a certificate of its own making, as they all have.
@Timeout(60)
class RtspTlsTest {
    @TempDir static Path folder;
    private static SSLContext cameraSide;

    private final UnitCounter units = new UnitCounter();

    @BeforeAll
    static void makeCertificate() throws Exception {
        cameraSide = SelfSigned.in(folder);
    }

    @Test
    void aSelfSignedCameraIsPulledInsideItsConnectionEvenWhenUdpWasAskedFor() throws Exception {
        try (var camera =
                camera(visitor -> {
                    visitor.untilPlay();
                    visitor.frame(0, 1);
                    visitor.frame(2, 1);
                })) {
            assertThat(pull(camera, Duration.ofSeconds(10)).reason())
                    .isEqualTo(Reason.CLOSED_BY_CAMERA);
            assertThat(units.packets).containsExactly("0:1", "1:1");
            assertThat(camera.requests.getFirst().uri())
                    .isEqualTo("rtsps://127.0.0.1:" + camera.port() + "/s");
        }
    }

    @Test
    void silenceIsNoticedInsideTlsToo() throws Exception {
        try (var camera = camera(ScriptedCamera.Visitor::serveForever)) {
            assertThat(pull(camera, Duration.ofMillis(400)).reason()).isEqualTo(Reason.STALLED);
        }
    }

    private static ScriptedCamera camera(ScriptedCamera.Script script) throws Exception {
        ServerSocket server =
                cameraSide
                        .getServerSocketFactory()
                        .createServerSocket(0, 4, InetAddress.getLoopbackAddress());
        return new ScriptedCamera(script, server);
    }

    private StreamEnd pull(ScriptedCamera camera, Duration stall) throws InterruptedException {
        URI url = URI.create("rtsps://127.0.0.1:" + camera.port() + "/s");
        Duration patient = Duration.ofSeconds(20);
        return new RtspAttempt(
                        new RtspTarget(url, null, null, Transport.UDP),
                        new RtspTimeouts(patient, patient, stall, patient),
                        UrlPolicy.ANY,
                        Clock.systemUTC(),
                        units::create,
                        patient)
                .run(_ -> {});
    }
}
