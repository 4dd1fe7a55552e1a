package id.pantau.vision.health;

import java.time.Duration;

/// When a condition begins and ends. Measured on the sample clips, whole and degraded (see
/// `SceneHealthTest`); the figures stand beside each value.
///
/// @param frozen how long no cell of the grid may change
/// @param frozenStep by more than so many steps of luma; an empty scene with noise of 2 steps,
///   encoded at 100 kbit/s, always does within a minute
/// @param black how long it must be dark
/// @param blackLuma steps above black that 98 of 100 cells do not reach: the darkest clip has 65,
///   and 19 with a gamma of 2; a cap on the lens 1
/// @param covered how long a picture without any structure is put up with
/// @param coveredStructure mean difference of blocks of a fortieth of the width, in steps: no clip,
///   whole or in bad weather, has so little for long
/// @param blurred how long a picture may be less sharp: longer than a lorry stands
/// @param blurredPart of its usual sharpness: clips stay above 0.65 of it, glare and a line of 60
///   kbit/s leave 0.6; a blur of 9 pixels leaves 0.15 to 0.3 of clips that are sharp, and up to
///   0.58 of those that never were: that is not told apart
/// @param moved how long the picture may be another: longer than a lorry stands
/// @param movedMatch likeness of edges below which it is another: clips stay above 0.34, with rain,
///   noise, glare and trembling above 0.23; a view turned by a fifth of its width has 0.16 at most,
///   by a twelfth 0.05 to 0.3, which is told of most cameras
/// @param wellMatch likeness from which it is the same again
/// @param accepted how long a new view must stay until it is the usual one
public record HealthSettings(
        Duration frozen,
        double frozenStep,
        Duration black,
        double blackLuma,
        Duration covered,
        double coveredStructure,
        Duration blurred,
        double blurredPart,
        Duration moved,
        double movedMatch,
        double wellMatch,
        Duration accepted) {
    public static final HealthSettings DEFAULT =
            new HealthSettings(
                    Duration.ofSeconds(60),
                    1.0,
                    Duration.ofSeconds(10),
                    8,
                    Duration.ofSeconds(20),
                    0.6,
                    Duration.ofSeconds(90),
                    0.45,
                    Duration.ofSeconds(90),
                    0.2,
                    0.3,
                    Duration.ofMinutes(10));
}
