package id.pantau.vision.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sums up a minute: what was so in most of its pictures.
final class MinuteQuality {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// Steps of luma above black: clips have 50 and more.
    private static final double DARK_LUMA = 40;

    /// Part of the usual sharpness: clips have 0.65 and more.
    private static final double BLURRED = 0.55;

    /// Share of pixels more than there usually are: clips vary by 0.006, three hundred streaks
    /// bring 0.03 and more.
    private static final double STREAKS = 0.015;

    private Duration from = Duration.ZERO;
    private int pictures;
    private int dark;
    private int blurred;
    private int rain;
    private double usualStreaks = Double.NaN;
    private @Nullable Quality last;

    @Nullable Quality last() {
        return last;
    }

    /// @param sharpness as part of the usual
    void look(PictureMeasure picture, double sharpness, Duration at) {
        if (pictures > 0 && at.minus(from).compareTo(MINUTE) >= 0) {
            last = new Quality(from, most(dark), most(blurred), most(rain));
            pictures = 0;
            dark = 0;
            blurred = 0;
            rain = 0;
        }
        if (pictures == 0) {
            from = at;
        }
        if (Double.isNaN(usualStreaks)) {
            usualStreaks = picture.streaks();
        }
        boolean rains = picture.streaks() > usualStreaks + STREAKS;
        // Down at once, up slowly: a camera that is started in the rain learns it in the first
        // pause.
        double follow = picture.streaks() < usualStreaks ? 0.3 : rains ? 0.0005 : 0.02;
        usualStreaks += follow * (picture.streaks() - usualStreaks);
        pictures++;
        dark += picture.luma() < DARK_LUMA ? 1 : 0;
        blurred += sharpness < BLURRED ? 1 : 0;
        rain += rains ? 1 : 0;
    }

    private boolean most(int count) {
        return 2 * count > pictures;
    }
}
