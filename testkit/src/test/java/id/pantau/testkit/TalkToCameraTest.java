package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Codec;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspBackchannel;
import id.pantau.media.rtsp.RtspTarget;
import id.pantau.media.rtsp.RtspTimeouts;
import id.pantau.media.rtsp.TalkEnd;
import id.pantau.media.rtsp.TalkSound;
import id.pantau.media.rtsp.UrlPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Talking to the scripted camera, with all it can say to that.
@Timeout(60)
class TalkToCameraTest {
    private static final RtspTimeouts TIMEOUTS =
            new RtspTimeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5));

    private final ScriptedCamera camera = ScriptedCamera.start(GoldenMedia.H264_PCMA);

    @AfterEach
    void stop() {
        camera.close();
    }

    /// A talk on a thread of its own.
    private static final class Talking {
        final TalkSound sound = new TalkSound();
        final CompletableFuture<Codec> ready = new CompletableFuture<>();
        final CompletableFuture<TalkEnd> end = new CompletableFuture<>();

        Talking(RtspBackchannel way) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            end.complete(way.talk(sound, ready::complete));
                        } catch (InterruptedException | RuntimeException e) {
                            end.completeExceptionally(e);
                        }
                    });
        }

        TalkEnd end() throws Exception {
            return end.get(20, TimeUnit.SECONDS);
        }
    }

    private RtspBackchannel way(@Nullable String username, @Nullable String password) {
        return way(camera.url(), username, password);
    }

    private static RtspBackchannel way(
            URI url, @Nullable String username, @Nullable String password) {
        var target = new RtspTarget(url, username, password, RtspTarget.Transport.TCP);
        return new RtspBackchannel(target, TIMEOUTS, UrlPolicy.ANY);
    }

    @ParameterizedTest
    @EnumSource(names = {"PCMU", "PCMA"})
    void aToneIsHeardAsThatTone(Codec codec) throws Exception {
        Loudspeaker loudspeaker = camera.withLoudspeaker(codec);
        var talking = new Talking(way(null, null));
        assertThat(talking.ready.get(20, TimeUnit.SECONDS)).isEqualTo(codec);
        talking.sound.offer(Pitch.tone(440, 8_000, 4_000));
        talking.sound.end();

        assertThat(talking.end().reason()).isEqualTo(TalkEnd.Reason.STOPPED);
        Eventually.await("it says goodbye", () -> loudspeaker.sessions() == 0);
        assertThat(Pitch.of(loudspeaker.samples(), 8_000)).isCloseTo(440, Offset.offset(2.0));
        List<Loudspeaker.Heard> heard = loudspeaker.heard();
        assertThat(heard).hasSize(25).allMatch(one -> one.payload().size() == 160);
        assertThat(heard.getFirst().marker()).isTrue();
        assertThat(heard.stream().skip(1)).noneMatch(Loudspeaker.Heard::marker);
        for (int i = 1; i < heard.size(); i++) {
            assertThat(heard.get(i).sequence() - heard.get(i - 1).sequence()).isEqualTo(1);
            assertThat(heard.get(i).timestamp() - heard.get(i - 1).timestamp() & 0xffff_ffffL)
                    .isEqualTo(160);
        }
    }

    @Test
    void thePayloadTypeIsTheCameras() throws Exception {
        Loudspeaker loudspeaker = camera.withLoudspeaker(Codec.PCMU, 107, "PCMU/8000");
        var talking = new Talking(way(null, null));
        talking.ready.get(20, TimeUnit.SECONDS);
        talking.sound.offer(new short[160]);
        Eventually.await("it is heard", () -> !loudspeaker.heard().isEmpty());
        assertThat(loudspeaker.heard().getFirst().payloadType()).isEqualTo(107);
        talking.sound.end();
        talking.end();
    }

    @Test
    void aCameraAsksForItsPasswordByDigest() throws Exception {
        camera.account("admin", "rahasia", RtspAccess.Scheme.DIGEST_SHA_256);
        camera.withLoudspeaker(Codec.PCMA);
        var talking = new Talking(way("admin", "rahasia"));
        assertThat(talking.ready.get(20, TimeUnit.SECONDS)).isEqualTo(Codec.PCMA);
        talking.sound.end();
        assertThat(talking.end().reason()).isEqualTo(TalkEnd.Reason.STOPPED);
        assertThat(way("admin", "salah").ask().orElseThrow().reason())
                .isEqualTo(TalkEnd.Reason.UNAUTHORIZED);
    }

    @Test
    void aCameraWithoutOneSaysSoOrTakesNoNoticeOfTheQuestion() throws Exception {
        assertThat(way(null, null).ask().orElseThrow().reason())
                .isEqualTo(TalkEnd.Reason.NO_BACKCHANNEL);
        camera.refuseBackchannel();
        assertThat(new Talking(way(null, null)).end().reason())
                .isEqualTo(TalkEnd.Reason.NO_BACKCHANNEL);
    }

    @Test
    void aCameraThatTakesOpusOnlyIsRefusedByTheNameOfItsCodec() throws Exception {
        camera.withLoudspeaker(Codec.PCMU, 97, "opus/48000/2");
        TalkEnd end = new Talking(way(null, null)).end();
        assertThat(end.reason()).isEqualTo(TalkEnd.Reason.UNSUPPORTED_CODEC);
        assertThat(end.detail()).contains("opus");
    }

    @Test
    void aCameraThatGoesAwayEndsTheTalk() throws Exception {
        camera.withLoudspeaker(Codec.PCMU);
        var talking = new Talking(way(null, null));
        talking.ready.get(20, TimeUnit.SECONDS);
        camera.dropConnections();
        assertThat(talking.end().reason()).isEqualTo(TalkEnd.Reason.LOST);
    }

    @Test
    void aRedirectIsFollowed() throws Exception {
        try (var door = ScriptedCamera.start(GoldenMedia.H264_SMALL)) {
            camera.withLoudspeaker(Codec.PCMU);
            door.redirectTo(camera.url());
            assertThat(way(door.url(), null, null).ask()).isEmpty();
        }
    }

    @Test
    void whatTheCameraDoesNotTakeInTimeIsDroppedFromTheFront() throws Exception {
        camera.withLoudspeaker(Codec.PCMU);
        var talking = new Talking(way(null, null));
        talking.ready.get(20, TimeUnit.SECONDS);
        talking.sound.offer(new short[160 * 1_000]); // at once: nobody sends so fast
        assertThat(talking.sound.dropped()).isPositive();
        talking.sound.end();
        talking.end();
    }
}
