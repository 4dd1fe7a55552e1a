package id.pantau.server.event;

import id.pantau.vision.worker.AnalysisMessage;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Why less than usual was to be seen in the pictures of a minute.
public enum PictureFlaw {
    DARK,
    BLURRED,
    RAIN_LIKE;

    static Set<PictureFlaw> of(AnalysisMessage.Quality quality) {
        var flaws = EnumSet.noneOf(PictureFlaw.class);
        if (quality.dark()) {
            flaws.add(DARK);
        }
        if (quality.blurred()) {
            flaws.add(BLURRED);
        }
        if (quality.rainLike()) {
            flaws.add(RAIN_LIKE);
        }
        return flaws;
    }

    /// As the column `event.quality` has it.
    static String text(Set<PictureFlaw> flaws) {
        return flaws.stream().map(Enum::name).collect(Collectors.joining(","));
    }

    /// @param text null: none are known
    static Set<PictureFlaw> parse(@Nullable String text) {
        return text == null || text.isEmpty()
                ? Set.of()
                : Arrays.stream(text.split(",", -1))
                        .map(PictureFlaw::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(PictureFlaw.class)));
    }
}
