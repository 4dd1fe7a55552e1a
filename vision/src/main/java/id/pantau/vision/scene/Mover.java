package id.pantau.vision.scene;

import java.awt.Color;

/// Somebody or something that moves along the street, and where it is at any moment of the loop.
///
/// @param xM its lane
/// @param startYM where it is when the loop begins
/// @param fromYM where its way begins
/// @param lengthOfWayM after which it begins its way again
/// @param laps how often it does its way in one loop; negative towards the camera. A whole number,
///   so that the loop has no seam
record Mover(
        Kind kind,
        Color color,
        double xM,
        double startYM,
        double fromYM,
        double lengthOfWayM,
        int laps) {
    enum Kind {
        CAR,
        MOTORCYCLE,
        BUS,
        TRUCK,
        PEDESTRIAN
    }

    /// @param part of the loop that has passed, 0..1
    double yAt(double part) {
        double way = startYM - fromYM + laps * lengthOfWayM * part;
        double wrapped = way % lengthOfWayM;
        return fromYM + (wrapped < 0 ? wrapped + lengthOfWayM : wrapped);
    }

    boolean away() {
        return laps > 0;
    }
}
