package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.PublishPoints;
import id.pantau.media.hub.StreamHub;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspCatalog;
import id.pantau.media.rtsp.RtspOffer;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import id.pantau.media.rtsp.RtspSource;
import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What ffmpeg pushes to our server, played back by ffmpeg, two publishers at once.
class RtspPublishPlaysTest {
    private final StreamHub first = new StreamHub("first", StreamHub.CacheLimits.DEFAULT);
    private final StreamHub second = new StreamHub("second", StreamHub.CacheLimits.DEFAULT);

    private final List<PublishPoints.Proof> proofs = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @CsvSource({"H264_AAC, tcp", "H265_B_FRAMES, tcp", "H264_PCMA, udp"})
    void ffmpegPublishesAndPlays(GoldenMedia media, String transport) throws Exception {
        media.path();
        try (RtspServer server =
                RtspServer.start(
                        RtspServerSettings.loopback(),
                        RtspOffer.of(
                                        RtspCatalog.of(
                                                Map.of(
                                                        "first", RtspSource.of(first),
                                                        "second", RtspSource.of(second))),
                                        RtspAccess.OPEN)
                                .withPublishPoints(this::open))) {
            String base = "127.0.0.1:%d/".formatted(server.port());
            var one = publish(media, transport, "rtsp://" + base + "first?key=k");
            var other = publish(media, transport, "rtsp://cam:k@" + base + "second");
            Eventually.await(
                    "both publish",
                    Duration.ofSeconds(20),
                    () -> first.format().isPresent() && second.format().isPresent());
            for (String stream : List.of("first", "second")) {
                var played =
                        FfmpegProgram.load()
                                .run(
                                        List.of(
                                                "-v",
                                                "warning",
                                                "-rtsp_transport",
                                                transport,
                                                "-i",
                                                "rtsp://" + base + stream,
                                                "-t",
                                                "1.5",
                                                "-f",
                                                "null",
                                                "-"),
                                        Duration.ofSeconds(30));
                assertThat(played.exitCode()).as(played.text()).isZero();
                assertThat(played.text()).isEmpty();
            }
            for (var publisher : List.of(one, other)) {
                FfmpegProgram.Outcome outcome = publisher.get(40, TimeUnit.SECONDS);
                assertThat(outcome.exitCode()).as(outcome.text()).isZero();
            }
            assertThat(proofs)
                    .as("ffmpeg answers the challenge for the second, and shows no key")
                    .hasAtLeastOneElementOfType(PublishPoints.Proof.Answered.class)
                    .filteredOn(proof -> proof.equals(new PublishPoints.Proof.Shown("k")))
                    .hasSize(1);
            Eventually.await(
                    "both streams are given back",
                    () -> first.format().isEmpty() && second.format().isEmpty());
        }
    }

    private PublishPoints.Answer open(PublishPoints.Request request) {
        proofs.add(request.proof());
        if (!request.proof().isOf("k")) {
            return new PublishPoints.Answer.Refused(
                    PublishPoints.Reason.UNAUTHORIZED, "no such stream with this key");
        }
        StreamHub hub = request.name().equals("first") ? first : second;
        return new PublishPoints.Answer.Open(
                new Publication() {
                    @Override
                    public void accept(StreamSignal signal) {
                        hub.accept(signal);
                    }

                    @Override
                    public boolean isOpen() {
                        return true;
                    }

                    @Override
                    public void close(StreamEnd end) {
                        hub.accept(new StreamSignal.Ended(end));
                    }
                });
    }

    /// Twelve seconds of the clip at its own pace.
    private static CompletableFuture<FfmpegProgram.Outcome> publish(
            GoldenMedia media, String transport, String url) {
        var arguments = new ArrayList<>(List.of("-v", "warning", "-re", "-stream_loop", "1", "-i"));
        Stream.of(media.path().toString(), "-c", "copy", "-f", "rtsp", "-rtsp_transport")
                .forEach(arguments::add);
        arguments.addAll(List.of(transport, url));
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return FfmpegProgram.load().run(arguments, Duration.ofSeconds(40));
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }
}
