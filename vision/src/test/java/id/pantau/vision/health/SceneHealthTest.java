package id.pantau.vision.health;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Samples;
import id.pantau.vision.Frame;
import id.pantau.vision.degrade.Blur;
import id.pantau.vision.degrade.ClipFrames;
import id.pantau.vision.degrade.Degradation;
import id.pantau.vision.degrade.Gamma;
import id.pantau.vision.degrade.HeadlightGlare;
import id.pantau.vision.degrade.Jitter;
import id.pantau.vision.degrade.Lorry;
import id.pantau.vision.degrade.LowBitrate;
import id.pantau.vision.degrade.Noise;
import id.pantau.vision.degrade.RainStreaks;
import id.pantau.vision.degrade.Shift;
import id.pantau.vision.degrade.Street;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One look a second at a street, drawn or real, in a loop; what happens to it begins when it has
/// been seen for two minutes.
class SceneHealthTest {
    private static final int BEGINS_S = 120;
    private static final Degradation CAP = (frame, _) -> plain(frame, (byte) 17);
    private static final Degradation CLOTH = (frame, _) -> plain(frame, (byte) 90);
    private static final Degradation NIGHT = new Gamma(2.2, false).then(new Noise(1, 5));

    private static List<Frame> street = List.of();

    private final SceneHealth health = new SceneHealth();
    private final List<HealthChange> changes = new ArrayList<>();
    private int second;

    @BeforeAll
    static void drawStreet() {
        street = Street.frames(640, 360, 24);
    }

    private static Frame plain(Frame frame, byte luma) {
        Frame plain = Degradation.copy(frame);
        Arrays.fill(plain.luma(), luma);
        Arrays.fill(plain.blue(), (byte) 128);
        Arrays.fill(plain.red(), (byte) 128);
        return plain;
    }

    private SceneHealthTest whole(List<Frame> frames, int seconds) {
        return watch(frames, (frame, _) -> frame, seconds);
    }

    private SceneHealthTest watch(List<Frame> frames, Degradation degradation, int seconds) {
        for (int i = 0; i < seconds; i++, second++) {
            Frame frame = degradation.degrade(frames.get(second % frames.size()), second);
            changes.addAll(health.look(frame, Duration.ofSeconds(second)));
        }
        return this;
    }

    private void assertChange(int index, Condition condition, boolean begins, int from, int until) {
        assertThat(changes).hasSizeGreaterThan(index);
        HealthChange change = changes.get(index);
        assertThat(change.condition()).isEqualTo(condition);
        assertThat(change.begins()).isEqualTo(begins);
        assertThat(change.at()).isBetween(Duration.ofSeconds(from), Duration.ofSeconds(until));
    }

    static Stream<Path> clips() throws Exception {
        try (Stream<Path> files = Files.list(Samples.folder("video"))) {
            return files
                    .filter(file -> file.toString().matches(".*\\.(mp4|avi|gif)"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Tag("samples")
    @ParameterizedTest
    @MethodSource("clips")
    void noClipThatIsWholeRaisesAnAlarm(Path clip) throws Exception {
        whole(ClipFrames.of(clip, 6, 60), 300);
        assertThat(changes).isEmpty();
        assertThat(health.quality())
                .hasValueSatisfying(minute -> assertThat(minute.rainLike()).isFalse());
    }

    @Tag("samples")
    @ParameterizedTest
    @MethodSource("clips")
    void noClipInBadWeatherRaisesAnAlarm(Path clip) throws Exception {
        List<Frame> frames = ClipFrames.of(clip, 12, 24);
        whole(frames, BEGINS_S)
                .watch(frames, new RainStreaks(3, 300), 150)
                .watch(frames, new HeadlightGlare(5), 100)
                .watch(frames, new Jitter(7, 3).then(new Noise(8, 4)), 100);
        assertThat(changes).isEmpty();
    }

    @Test
    void aStreetFromDayToDuskIsWell() {
        whole(street, 300);
        assertThat(changes).isEmpty();
        assertThat(health.quality())
                .contains(new Quality(Duration.ofMinutes(3), false, false, false));
    }

    @Test
    void aPictureThatComesAgainAndAgainIsFrozenUntilItMoves() {
        whole(street, BEGINS_S);
        List<Frame> one = List.of(street.get(5));
        whole(one, 100).whole(street, 20);
        assertThat(changes).hasSize(2);
        assertChange(0, Condition.FROZEN, true, 179, 183);
        assertChange(1, Condition.FROZEN, false, 220, 230);
    }

    @Test
    void anEmptySceneIsNotFrozenHoweverFewBitsItHas(@TempDir Path folder) throws Exception {
        var noise = new Noise(4, 2);
        Frame empty = Street.frames(320, 180, 1).getFirst();
        var frames = new ArrayList<Frame>();
        for (int i = 0; i < 5 * 100; i++) {
            frames.add(noise.degrade(empty, i));
        }
        List<Frame> thin = LowBitrate.encode(frames, 5, 100_000, folder);
        for (int i = 0; i < thin.size(); i++) {
            changes.addAll(health.look(thin.get(i), Duration.ofMillis(200L * i)));
        }
        assertThat(changes).isEmpty();
    }

    @Test
    void aCapOnTheLensIsBlackAndNothingElse() {
        whole(street, BEGINS_S).watch(street, CAP, 200).whole(street, 30);
        assertThat(changes).hasSize(2);
        assertChange(0, Condition.BLACK, true, 129, 133);
        assertChange(1, Condition.BLACK, false, 320, 330);
    }

    @Test
    void aClothOverTheCameraIsSaidWithinHalfAMinute() {
        whole(street, BEGINS_S).watch(street, CLOTH, 60).whole(street, 30);
        assertThat(changes).hasSize(2);
        assertChange(0, Condition.BLURRED, true, 140, 150);
        assertChange(1, Condition.BLURRED, false, 180, 195);
    }

    @Test
    void aPictureOutOfFocusIsSaidWhenItStaysSo() {
        whole(street, BEGINS_S).watch(street, new Blur(5), 60).whole(street, 30);
        assertThat(changes).as("a drop that runs off").isEmpty();
        watch(street, new Blur(5), 120).whole(street, 30);
        assertThat(changes).hasSize(2);
        assertChange(0, Condition.BLURRED, true, 210 + 90, 210 + 95);
        assertChange(1, Condition.BLURRED, false, 330, 340);
    }

    @Test
    void aCameraThatWasTurnedIsSaidAndItsNewViewAcceptedInTime() {
        var turned = new Shift(0.2, 0.05);
        whole(street, BEGINS_S).watch(street, turned, 750);
        assertThat(changes).hasSize(2);
        assertChange(0, Condition.MOVED, true, 210, 216);
        assertChange(1, Condition.MOVED, false, 810, 816);
        whole(street, 120);
        assertThat(changes).hasSize(3);
        assertChange(2, Condition.MOVED, true, 870 + 90, 870 + 96);
    }

    @Test
    void aCameraThatIsTurnedBackIsWellAgain() {
        whole(street, BEGINS_S).watch(street, new Shift(-0.15, 0.1), 120).whole(street, 20);
        assertThat(changes).hasSize(2);
        assertChange(1, Condition.MOVED, false, 240, 250);
    }

    @Test
    void aLorryThatStandsBeforeTheLensForAMinuteIsNoAlarm() {
        whole(street, BEGINS_S).watch(street, new Lorry(0.9), 60).whole(street, 60);
        assertThat(changes).isEmpty();
    }

    @Test
    void nightComesAndGoesWithoutAnAlarmAndHasAViewOfItsOwn() {
        whole(street, BEGINS_S).watch(street, NIGHT, 300).whole(street, 200);
        assertThat(changes).isEmpty();
        var turned = new Shift(0.2, 0.05);
        watch(street, turned.then(NIGHT), 120);
        assertThat(changes).as("turned at night, against last night's view").hasSize(1);
        assertChange(0, Condition.MOVED, true, 620 + 90, 620 + 96);
    }

    @Test
    void duskWithoutInfraredIsDarkAndNoAlarm() {
        whole(street, BEGINS_S).watch(street, new Gamma(3, true).then(new Noise(2, 4)), 180);
        assertThat(changes).isEmpty();
        assertThat(health.quality())
                .hasValueSatisfying(minute -> assertThat(minute.dark()).isTrue());
    }

    @Test
    void rainGlareNoiseAndTremblingAreNoAlarmAndRainIsNoted() {
        whole(street, BEGINS_S).watch(street, new RainStreaks(3, 300), 200);
        assertThat(health.quality())
                .hasValueSatisfying(minute -> assertThat(minute.rainLike()).isTrue());
        watch(street, new HeadlightGlare(5), 150)
                .watch(street, new Noise(6, 6), 150)
                .watch(street, new Jitter(7, 4), 150)
                .whole(street, 120);
        assertThat(changes).isEmpty();
        assertThat(health.quality())
                .hasValueSatisfying(minute -> assertThat(minute.rainLike()).isFalse());
    }

    @Test
    void aThinLineIsNoAlarm(@TempDir Path folder) throws Exception {
        List<Frame> thin = LowBitrate.encode(street, 5, 60_000, folder);
        whole(street, BEGINS_S).whole(thin, 200);
        assertThat(changes).isEmpty();
    }

    @Test
    void anotherSizeOfPictureIsAnotherView() {
        whole(street, BEGINS_S).whole(Street.frames(320, 180, 6), 150);
        assertThat(changes).isEmpty();
    }

    @Test
    void moreFramesThanOneASecondAreLookedAtOnceASecond() {
        for (int i = 0; i < 25 * 20; i++) {
            Frame black = CAP.degrade(street.getFirst(), i);
            changes.addAll(health.look(black, Duration.ofMillis(40L * i)));
        }
        assertThat(changes).hasSize(1);
        assertChange(0, Condition.BLACK, true, 10, 12);
    }
}
