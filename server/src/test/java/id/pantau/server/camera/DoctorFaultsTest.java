package id.pantau.server.camera;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspTimeouts;
import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.ScriptedCamera;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Everything the doctor can find, each provoked by a real camera that has just that fault.
@Timeout(120)
class DoctorFaultsTest {
    private static final UrlRules RULES = UrlRules.system(_ -> false);
    private static final Probe PROBE =
            new Probe(new RtspOpener(RULES, RtspTimeouts.DEFAULT, Clock.systemUTC()), RULES);
    private static final Duration SOON = Duration.ofMillis(700);

    /// @param code a finding's code, or the reason why it does not play
    /// @param url of the camera at which the fault shows
    private record Fault(
            String code,
            StreamTransport transport,
            ScriptedCamera camera,
            Function<ScriptedCamera, URI> url) {
        static Fault of(String code, ScriptedCamera camera) {
            return new Fault(code, StreamTransport.TCP, camera, ScriptedCamera::url);
        }

        static Fault at(String code, String url, ScriptedCamera camera) {
            return new Fault(
                    code, StreamTransport.TCP, camera, at -> URI.create(url.formatted(at.port())));
        }

        static Fault overUdp(String code, ScriptedCamera camera) {
            return new Fault(code, StreamTransport.UDP, camera, ScriptedCamera::url);
        }
    }

    private static ScriptedCamera camera(GoldenMedia clip) {
        return ScriptedCamera.start(clip);
    }

    private static ScriptedCamera good() {
        return camera(GoldenMedia.H264_AAC);
    }

    private static List<Fault> faults() {
        return List.of(
                Fault.of("UNREACHABLE", good().refuseConnections()),
                Fault.at("HOST_UNKNOWN", "rtsp://no-such-camera.invalid:%d/main", good()),
                Fault.of(
                        "UNAUTHORIZED",
                        good().account("admin", "geheim", RtspAccess.Scheme.values())),
                Fault.at("NOT_FOUND", "rtsp://127.0.0.1:%d/nowhere", good()),
                Fault.of("PROTOCOL_ERROR", good().answerWith(500, "Internal Server Error")),
                Fault.of("NO_ANSWER", good().answerSlowly(Duration.ofMinutes(1))),
                Fault.at("TLS_FAILED", "rtsps://127.0.0.1:%d/main", good()),
                Fault.of("UNSUPPORTED_CODEC", camera(GoldenMedia.H264).announceCodec("JPEG")),
                Fault.of("STALLED", good().stall()),
                Fault.of("stream.ended", good().cutAfter(SOON)),
                Fault.of("video.none", camera(GoldenMedia.AAC_ONLY)),
                Fault.of("video.h265", camera(GoldenMedia.H265_B_FRAMES)),
                Fault.of("video.bFrames", camera(GoldenMedia.H264_B_FRAMES)),
                Fault.of(
                        "video.formatChanges",
                        camera(GoldenMedia.H264).switchAfter(SOON, GoldenMedia.H264_LARGE)),
                Fault.of("audio.none", camera(GoldenMedia.H264)),
                Fault.of("audio.g711", camera(GoldenMedia.H264_PCMU)),
                Fault.of("gop.long", camera(GoldenMedia.H264_LONG_GOP)),
                Fault.of("time.broken", good().atSpeed(GoldenMedia.H264_AAC, 2)),
                Fault.of("clock.offset", good().jumpClockAfter(Duration.ZERO, Duration.ofHours(1))),
                Fault.of("sdp.noParameterSets", good().hideParameterSets()),
                Fault.overUdp("network.loss", good().badNetwork(0.05, 0, 0, 4711)));
    }

    @Test
    void eachIsNamedWithWhatItDoesAndWhatToDo() throws Exception {
        List<Fault> faults = faults();
        var named = new HashSet<String>();
        var missed = new ArrayList<String>();
        try (var examinations = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Set<String>>> found =
                    faults.stream()
                            .map(fault -> examinations.submit(() -> examine(fault)))
                            .toList();
            for (int i = 0; i < faults.size(); i++) {
                String expected = faults.get(i).code();
                Set<String> codes = found.get(i).get();
                if (codes.contains(expected)) {
                    named.add(expected);
                } else {
                    missed.add(expected + ", but " + codes);
                }
            }
        } finally {
            faults.forEach(fault -> fault.camera().close());
        }
        assertThat(missed).isEmpty();
        assertThat(named).hasSizeGreaterThanOrEqualTo(15).hasSameSizeAs(faults);
    }

    /// @return the codes of what was found, or the one reason why nothing plays
    private static Set<String> examine(Fault fault) throws InterruptedException {
        URI url = fault.url().apply(fault.camera());
        ProbeReport report = PROBE.run(url.toString(), fault.transport(), null, null);
        StreamEnd failure = report.failure();
        var codes = new HashSet<String>();
        if (failure != null) {
            codes.add(failure.reason().name());
            assertThat(failure.detail()).isNotBlank();
            assertThat(requireNonNull(report.advice())).endsWith(".");
        }
        for (Finding finding : report.findings()) {
            codes.add(finding.code());
            assertThat(finding.detail()).endsWith(".");
        }
        return codes;
    }
}
