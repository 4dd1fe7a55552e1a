package id.pantau.server.talk;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Codec;
import id.pantau.media.rtsp.RtspBackchannel;
import id.pantau.media.rtsp.RtspTarget;
import id.pantau.media.rtsp.RtspTimeouts;
import id.pantau.media.rtsp.UrlPolicy;
import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.ManualClock;
import id.pantau.testkit.ScriptedCamera;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TalkTest {
    private final ManualClock clock = ManualClock.create();
    private final CompletableFuture<Codec> ready = new CompletableFuture<>();
    private final CompletableFuture<TalkOver> over = new CompletableFuture<>();

    private Talk talk(ScriptedCamera camera) {
        var target = new RtspTarget(camera.url(), null, null, RtspTarget.Transport.TCP);
        var way = new RtspBackchannel(target, RtspTimeouts.DEFAULT, UrlPolicy.ANY);
        var listener =
                new TalkListener() {
                    @Override
                    public void ready(Codec codec) {
                        ready.complete(codec);
                    }

                    @Override
                    public void over(TalkOver why) {
                        over.complete(why);
                    }
                };
        var talk = new Talk("budi", Talk.Rate.HZ_8000, way, listener, clock, clock);
        Thread.ofVirtual().start(() -> talk.run(() -> {}));
        return talk;
    }

    @Test
    void whoSaysNothingForAMinuteIsEndedHoweverMuchSilenceTheySend() throws Exception {
        try (var camera = ScriptedCamera.start(GoldenMedia.H264_SMALL)) {
            camera.withLoudspeaker(Codec.PCMU);
            Talk talk = talk(camera);
            ready.get(20, TimeUnit.SECONDS);
            clock.awaitSleepers(1);
            clock.advance(Duration.ofSeconds(40));
            talk.say(new short[] {0, 9_000}); // a word
            clock.advance(Duration.ofSeconds(40));
            clock.awaitSleepers(1);
            assertThat(over).isNotDone();
            talk.say(new short[] {100, -100}); // the noise of the microphone
            clock.advance(Duration.ofSeconds(20));
            TalkOver why = over.get(20, TimeUnit.SECONDS);
            assertThat(why.reason()).isEqualTo(TalkOver.Reason.QUIET);
            assertThat(why.begun()).isTrue();
        }
    }

    @Test
    void endingBeforeTheCameraAnswersDoesNotWaitForIt() throws Exception {
        try (var camera = ScriptedCamera.start(GoldenMedia.H264_SMALL)) {
            camera.answerSlowly(Duration.ofMinutes(1));
            Talk talk = talk(camera);
            id.pantau.testkit.Eventually.await("it asks", () -> !camera.requests().isEmpty());
            talk.end();
            assertThat(over.get(20, TimeUnit.SECONDS))
                    .isEqualTo(
                            new TalkOver(TalkOver.Reason.STOPPED, "The talker ended it.", false));
            camera.answerProperly();
        }
    }
}
