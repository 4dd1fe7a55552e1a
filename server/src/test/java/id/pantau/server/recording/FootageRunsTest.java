package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FootageRunsTest {
    private final FootageRuns runs = new FootageRuns();

    @Test
    void whatTouchesForTheSameReasonIsOneRun() {
        runs.append(footage(0, 60, "continuous"));
        runs.append(footage(60, 120, "continuous"));
        runs.append(footage(120, 180, "motion"));
        runs.append(footage(181, 240, "motion"));

        assertThat(runs.list())
                .isEqualTo(
                        List.of(
                                new Footage(0, 120, "continuous", 120),
                                footage(120, 180, "motion"),
                                footage(181, 240, "motion")));
    }

    @Test
    void whatHasARowByNowIsNotCountedTwice() {
        runs.append(footage(0, 60, "continuous"));
        runs.append(footage(60, 120, "continuous"));

        runs.insert(footage(60, 90, "continuous")); // it was still being written a moment ago

        assertThat(runs.list()).isEqualTo(List.of(new Footage(0, 120, "continuous", 120)));
    }

    @Test
    void whatWaitsForItsRowComesWhereItBelongs() {
        runs.append(footage(0, 60, "continuous"));
        runs.append(footage(200, 260, "continuous"));

        runs.insert(footage(60, 120, "continuous"));
        runs.insert(footage(260, 270, "continuous"));

        assertThat(runs.list())
                .isEqualTo(
                        List.of(
                                footage(0, 60, "continuous"),
                                footage(60, 120, "continuous"),
                                footage(200, 260, "continuous"),
                                footage(260, 270, "continuous")));
    }

    /// A byte a millisecond.
    private static Footage footage(long startMs, long endMs, String reason) {
        return new Footage(startMs, endMs, reason, endMs - startMs);
    }
}
