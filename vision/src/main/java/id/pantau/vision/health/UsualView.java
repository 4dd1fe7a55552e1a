package id.pantau.vision.health;

import org.jspecify.annotations.Nullable;

/// How a camera's picture usually is, in one kind of light: learned within half a minute, then
/// followed slowly.
final class UsualView {
    private static final double FIRST_S = 30;
    private static final double FIRST_FOLLOW_S = 5;
    private static final double FOLLOW_S = 600;

    private @Nullable Edges edges;
    private double sharpness;
    private double ageS;

    /// Whether there has been enough to compare with.
    boolean isKnown() {
        return ageS >= FIRST_S;
    }

    /// 1 while nothing is known.
    ///
    /// @param enough as in [Edges#likeness]
    double likeness(Edges now, double enough) {
        Edges usual = edges;
        return usual == null || !usual.fits(now) ? 1 : usual.likeness(now, enough);
    }

    /// @return as part of the usual; 1 while nothing is known
    double sharpness(double now) {
        return sharpness == 0 ? 1 : now / sharpness;
    }

    void learn(Edges now, double nowSharpness, double seconds) {
        Edges usual = edges;
        if (usual == null || !usual.fits(now)) {
            edges = now;
            sharpness = nowSharpness;
            ageS = 0;
            return;
        }
        double follow = isKnown() ? FOLLOW_S : FIRST_FOLLOW_S;
        float part = (float) (1 - Math.exp(-seconds / follow));
        usual.follow(now, part);
        sharpness += part * (nowSharpness - sharpness);
        ageS += seconds;
    }
}
