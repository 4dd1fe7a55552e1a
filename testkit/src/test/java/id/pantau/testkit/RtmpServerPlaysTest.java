package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd;
import id.pantau.media.rtmp.RtmpServerSettings;
import id.pantau.vision.FfmpegProgram;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What ffmpeg publishes, ffmpeg decodes: through our server, nothing transcoded.
@Timeout(60)
class RtmpServerPlaysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RtmpStage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new RtmpStage(RtmpServerSettings.loopback());
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "H264_AAC",
                "H264_B_FRAMES",
                "H265_B_FRAMES",
                "H264_PCMU",
                "H264_PCMA",
                "H264_OPUS",
                "H264_AAC_44K",
                "AAC_ONLY"
            })
    void everyKindIsDecodedWithoutAWord(GoldenMedia media) throws Exception {
        stage.publish(media, stage.publishUrl("cam1"));
        Eventually.await("the stream carries something", () -> carries("cam1"));

        var outcome = play(stage.playUrl("cam1"), "-t", "1.5");

        assertThat(outcome.text()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        Eventually.await("the stream rests", () -> stage.streams.size() == 0);
        assertThat(stage.server.figures().malformedTags()).isZero();
    }

    @Test
    void aSecondPublisherIsTurnedAwayAndTheFirstGoesOn() throws Exception {
        stage.publish(GoldenMedia.H264_SMALL, stage.publishUrl("cam1"));
        stage.publish(GoldenMedia.H264_AAC, stage.publishUrl("cam2"));
        Eventually.await("both streams carry something", () -> carries("cam1") && carries("cam2"));

        Process second = stage.publish(GoldenMedia.H264_SMALL, stage.publishUrl("cam1"));
        String said = FfmpegProgram.tailOf(second);

        assertThat(said).contains("Somebody else publishes it.");
        assertThat(play(stage.playUrl("cam1"), "-t", "0.5").text()).isEmpty();
        assertThat(stage.server.figures().publishers()).isEqualTo(2);
        assertThat(stage.server.figures().refusedRequests()).isEqualTo(1);
    }

    @Test
    void aWrongKeyIsTurnedAway() throws Exception {
        Process publisher =
                stage.publish(GoldenMedia.H264_SMALL, stage.playUrl("cam1") + "?key=guessed");

        assertThat(FfmpegProgram.tailOf(publisher)).contains("No stream has this key.");
        assertThat(stage.hubs).isEmpty();
    }

    @Test
    void whatDoesNotExistIsNotPlayed() throws Exception {
        var outcome = play(stage.playUrl("cam7"), "-t", "1");

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.text()).contains("No such stream.");
    }

    @Test
    void aPublisherThatVanishesEndsItsStreamAndPlayersFollowTheNext() throws Exception {
        Process first = stage.publish(GoldenMedia.H264_SMALL, stage.publishUrl("cam1"));
        Eventually.await("the stream carries something", () -> carries("cam1"));
        Process player =
                FfmpegProgram.load()
                        .start(
                                List.of(
                                        "-nostdin",
                                        "-v",
                                        "warning",
                                        "-i",
                                        stage.playUrl("cam1"),
                                        "-t",
                                        "4",
                                        "-f",
                                        "null",
                                        "-"));
        Eventually.await("somebody plays", () -> stage.server.figures().players() == 1);

        first.destroyForcibly();
        Eventually.await("the stream ends", () -> !stage.ends.isEmpty());
        assertThat(stage.ends.getFirst().reason()).isEqualTo(StreamEnd.Reason.CONNECTION_LOST);
        stage.publish(GoldenMedia.H264_SMALL, stage.publishUrl("cam1"));

        assertThat(FfmpegProgram.tailOf(player)).isEmpty();
        assertThat(player.waitFor()).isZero();
    }

    private boolean carries(String name) {
        var hub = stage.hubs.get(name);
        return hub != null && hub.format().isPresent();
    }

    private static FfmpegProgram.Outcome play(String url, String... limits) throws Exception {
        var arguments = new java.util.ArrayList<>(List.of("-v", "warning", "-i", url));
        arguments.addAll(List.of(limits));
        arguments.addAll(List.of("-f", "null", "-"));
        return FfmpegProgram.load().run(arguments, PATIENCE);
    }
}
