package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspAttempt;
import id.pantau.media.rtsp.RtspTarget;
import id.pantau.media.rtsp.RtspTarget.Transport;
import id.pantau.media.rtsp.RtspTimeouts;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every misbehaviour, seen through our own client.
@Timeout(60)
class ScriptedCameraTest {
    private static final RtspTimeouts TIMEOUTS =
            new RtspTimeouts(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30));

    /// One attempt on a thread of its own, and what it saw.
    private static final class Pull implements AutoCloseable {
        final List<StreamSignal> signals = new CopyOnWriteArrayList<>();
        final AtomicReference<@Nullable StreamEnd> end = new AtomicReference<>();
        private final Thread thread;

        Pull(URI url, Transport transport, @Nullable String username, @Nullable String password) {
            this(url, transport, username, password, TIMEOUTS);
        }

        Pull(
                URI url,
                Transport transport,
                @Nullable String username,
                @Nullable String password,
                RtspTimeouts timeouts) {
            var target = new RtspTarget(url, username, password, transport);
            var attempt = new RtspAttempt(target, timeouts, Clock.systemUTC());
            thread =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    end.set(attempt.run(signals::add));
                                } catch (InterruptedException _) {
                                    Thread.currentThread().interrupt();
                                }
                            });
        }

        List<AccessUnit> pictures() {
            return signals.stream()
                    .filter(StreamSignal.Unit.class::isInstance)
                    .map(signal -> ((StreamSignal.Unit) signal).unit())
                    .filter(AccessUnit::isVideo)
                    .toList();
        }

        List<StreamFormat> formats() {
            return signals.stream()
                    .filter(StreamSignal.FormatChanged.class::isInstance)
                    .map(signal -> ((StreamSignal.FormatChanged) signal).format())
                    .toList();
        }

        void awaitPictures(int count) throws InterruptedException {
            Eventually.await(count + " pictures", () -> pictures().size() >= count);
        }

        StreamEnd awaitEnd() throws InterruptedException {
            Eventually.await("the attempt ends", () -> end.get() != null);
            return Objects.requireNonNull(end.get());
        }

        @Override
        public void close() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }
    }

    private static List<StreamSignal> gaps(Pull pull) {
        return pull.signals.stream().filter(StreamSignal.Gap.class::isInstance).toList();
    }

    private static Pull pull(ScriptedCamera camera) {
        return new Pull(camera.url(), Transport.TCP, null, null);
    }

    @Test
    void aGoodCameraPlaysOnAndOnInStep() throws Exception {
        try (var camera =
                        ScriptedCamera.start(GoldenMedia.H264_AAC)
                                .atSpeed(GoldenMedia.H264_AAC, 4);
                var pull = pull(camera)) {
            pull.awaitPictures(120); // beyond the seam at 90
            var pictures = pull.pictures();
            for (int i = 1; i < pictures.size(); i++) {
                assertThat(pictures.get(i).dts().since(pictures.get(i - 1).dts()).toMillis())
                        .as("picture %d", i)
                        .isBetween(30L, 140L);
            }
            assertThat(pull.formats()).hasSize(1);
            assertThat(camera.requests()).contains("DESCRIBE", "SETUP", "PLAY");
        }
    }

    @Test
    void udpPlaysTheSame() throws Exception {
        try (var camera = ScriptedCamera.start(GoldenMedia.H264_AAC);
                var pull = new Pull(camera.url(), Transport.UDP, null, null)) {
            pull.awaitPictures(20);
            assertThat(pull.signals).noneMatch(StreamSignal.Gap.class::isInstance);
        }
    }

    @Test
    void aStallIsNoticed() throws Exception {
        try (var camera =
                        ScriptedCamera.start(GoldenMedia.H264).stallAfter(Duration.ofMillis(500));
                var pull = pull(camera)) {
            assertThat(pull.awaitEnd().reason()).isEqualTo(Reason.STALLED);
            assertThat(pull.pictures()).hasSizeBetween(3, 8);
            camera.resume();
            try (var second = pull(camera)) {
                second.awaitPictures(10);
            }
        }
    }

    @Test
    void aCutInMidGopEndsTheAttempt() throws Exception {
        try (var camera = ScriptedCamera.start(GoldenMedia.H264).cutAfter(Duration.ofMillis(700));
                var pull = pull(camera)) {
            assertThat(pull.awaitEnd().reason())
                    .isIn(Reason.CONNECTION_LOST, Reason.CLOSED_BY_CAMERA);
            try (var second = pull(camera)) {
                second.awaitPictures(20);
            }
        }
    }

    @Test
    void aCameraOffTheNetworkIsUnreachableUntilItComesBack() throws Exception {
        try (var camera = ScriptedCamera.start(GoldenMedia.H264).refuseConnections()) {
            try (var pull = pull(camera)) {
                assertThat(pull.awaitEnd().reason()).isEqualTo(Reason.UNREACHABLE);
            }
            camera.comeBack();
            try (var pull = pull(camera)) {
                pull.awaitPictures(3);
            }
        }
    }

    @Test
    void theWrongPasswordIsToldAndTheRightOneWorks() throws Exception {
        try (var camera =
                ScriptedCamera.start(GoldenMedia.H264)
                        .account("admin", "right", RtspAccess.Scheme.DIGEST_SHA_256)) {
            try (var pull = new Pull(camera.url(), Transport.TCP, "admin", "wrong")) {
                assertThat(pull.awaitEnd().reason()).isEqualTo(Reason.UNAUTHORIZED);
            }
            try (var pull = new Pull(camera.url(), Transport.TCP, "admin", "right")) {
                pull.awaitPictures(3);
            }
            camera.account("admin", "changed", RtspAccess.Scheme.BASIC);
            try (var pull = new Pull(camera.url(), Transport.TCP, "admin", "changed")) {
                pull.awaitPictures(3);
            }
        }
    }

    @Test
    void aPasswordChangedWhilePlayingIsNoticed() throws Exception {
        try (var camera =
                ScriptedCamera.start(GoldenMedia.H264)
                        .refusePasswordAfter(Duration.ofMillis(300))) {
            try (var pull = pull(camera)) {
                pull.awaitEnd();
            }
            try (var pull = new Pull(camera.url(), Transport.TCP, "admin", "old")) {
                assertThat(pull.awaitEnd().reason()).isEqualTo(Reason.UNAUTHORIZED);
            }
        }
    }

    @Test
    void anotherResolutionInMidStreamBeginsANewFormat() throws Exception {
        try (var camera =
                        ScriptedCamera.start(GoldenMedia.H264)
                                .switchAfter(Duration.ofMillis(600), GoldenMedia.H264_LARGE);
                var pull = pull(camera)) {
            Eventually.await("a second format", () -> pull.formats().size() == 2);
            assertThat(pull.formats())
                    .extracting(format -> Objects.requireNonNull(format.video()).widthPx())
                    .containsExactly(640, 1280);
        }
    }

    @Test
    void parameterSetsInBandAreEnough() throws Exception {
        try (var camera = ScriptedCamera.start(GoldenMedia.H264).hideParameterSets();
                var pull = pull(camera)) {
            pull.awaitPictures(5);
            assertThat(Objects.requireNonNull(pull.formats().getFirst().video()).widthPx())
                    .isEqualTo(640);
        }
    }

    @Test
    void garbageBetweenFramesIsSkipped() throws Exception {
        long seed = 4711;
        try (var camera = ScriptedCamera.start(GoldenMedia.H264).garbageBetweenFrames(40, seed);
                var pull = pull(camera)) {
            pull.awaitPictures(20);
            assertThat(pull.signals).noneMatch(StreamSignal.Gap.class::isInstance);
        }
    }

    @Test
    void aBadNetworkLosesPicturesAndIsCounted() throws Exception {
        long seed = 2;
        try (var camera = ScriptedCamera.start(GoldenMedia.H264).badNetwork(0.01, 0.1, 0.1, seed);
                var pull = new Pull(camera.url(), Transport.UDP, null, null)) {
            Eventually.await(
                    "a gap is told",
                    () -> pull.signals.stream().anyMatch(StreamSignal.Gap.class::isInstance));
            int before = pull.pictures().size();
            pull.awaitPictures(before + 3);
        }
    }

    @Test
    void aGapIsToldWhileItLasts() throws Exception {
        long seed = 5;
        try (var camera = ScriptedCamera.start(GoldenMedia.H264_LARGE);
                var pull = new Pull(camera.url(), Transport.UDP, null, null)) {
            pull.awaitPictures(3);
            camera.badNetwork(0.1, 0, 0, seed);
            Eventually.await(
                    "a gap is told",
                    () -> pull.signals.stream().anyMatch(StreamSignal.Gap.class::isInstance));
            assertThat(pull.end.get()).isNull();
            camera.badNetwork(0, 0, 0, seed);
            int before = pull.pictures().size();
            pull.awaitPictures(before + 3);
            var after =
                    pull.signals.subList(
                            pull.signals.indexOf(gaps(pull).getFirst()), pull.signals.size());
            assertThat(after.stream().filter(StreamSignal.Unit.class::isInstance).findFirst())
                    .hasValueSatisfying(signal ->
                            assertThat(((StreamSignal.Unit) signal).unit().keyFrame()).isTrue());
        }
    }

    @Test
    void keyFramesThatNeverComeWholeAreTheNetworksFault() throws Exception {
        long seed = 6;
        try (var camera = ScriptedCamera.start(GoldenMedia.H264_LARGE).badNetwork(0.5, 0, 0, seed);
                var pull =
                        new Pull(
                                camera.url(),
                                Transport.UDP,
                                null,
                                null,
                                new RtspTimeouts(
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(9),
                                        Duration.ofSeconds(3)))) {
            assertThat(pull.awaitEnd().reason()).isEqualTo(Reason.PACKET_LOSS);
            assertThat(pull.awaitEnd().detail())
                    .matches(
                            "No key frame of .* came whole for 3 s: \\d+ packets were lost on the"
                                    + " way\\.");
            assertThat(pull.pictures()).isEmpty();
        }
    }

    @Test
    void reorderingAndDuplicationAloneLoseNothing() throws Exception {
        long seed = 3;
        try (var camera = ScriptedCamera.start(GoldenMedia.H264).badNetwork(0, 0.1, 0.1, seed);
                var pull = new Pull(camera.url(), Transport.UDP, null, null)) {
            pull.awaitPictures(25);
            assertThat(pull.signals).noneMatch(StreamSignal.Gap.class::isInstance);
        }
    }

    @Test
    void clocksThatJumpDoNotEndTheStream() throws Exception {
        try (var camera =
                        ScriptedCamera.start(GoldenMedia.H264)
                                .jumpRtpTimeAfter(Duration.ofMillis(300), Duration.ofHours(5))
                                .jumpClockAfter(Duration.ofMillis(600), Duration.ofHours(-9));
                var pull = pull(camera)) {
            pull.awaitPictures(40);
            var pictures = pull.pictures();
            for (int i = 1; i < pictures.size(); i++) {
                assertThat(pictures.get(i).dts())
                        .as("picture %d", i)
                        .isGreaterThan(pictures.get(i - 1).dts());
            }
        }
    }

    @Test
    void slowAnswersAndErrorsAreOutcomes() throws Exception {
        try (var camera = ScriptedCamera.start(GoldenMedia.H264)) {
            camera.answerSlowly(Duration.ofSeconds(5));
            try (var pull = pull(camera)) {
                assertThat(pull.awaitEnd().reason()).isEqualTo(Reason.NO_ANSWER);
                assertThat(pull.awaitEnd().detail())
                        .endsWith(" is connected but did not answer OPTIONS within 2 s.");
            }
            camera.answerProperly().answerWith(404, "Not Found");
            try (var pull = pull(camera)) {
                assertThat(pull.awaitEnd().reason()).isEqualTo(Reason.NOT_FOUND);
            }
            camera.answerWith(500, "Internal Server Error");
            try (var pull = pull(camera)) {
                assertThat(pull.awaitEnd().reason()).isEqualTo(Reason.PROTOCOL_ERROR);
            }
        }
    }

    @Test
    void aRedirectIsFollowed() throws Exception {
        try (var target = ScriptedCamera.start(GoldenMedia.H264_LARGE);
                var camera = ScriptedCamera.start(GoldenMedia.H264).redirectTo(target.url());
                var pull = pull(camera)) {
            pull.awaitPictures(3);
            assertThat(Objects.requireNonNull(pull.formats().getFirst().video()).widthPx())
                    .isEqualTo(1280);
        }
    }

    @Test
    void aFarmServesEveryCameraOnItsOwn() throws Exception {
        try (var farm = CameraFarm.start(12, GoldenMedia.H264_SMALL, GoldenMedia.H264_SMALL)) {
            var pulls =
                    farm.urls().stream()
                            .map(url -> new Pull(url, Transport.TCP, null, null))
                            .toList();
            for (Pull pull : pulls) {
                pull.awaitPictures(5);
            }
            assertThat(farm.figures().streams()).isEqualTo(12);
            for (Pull pull : pulls) {
                pull.close();
            }
            Eventually.await("all are gone", () -> farm.figures().connections() == 0);
        }
    }
}
