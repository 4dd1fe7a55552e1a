package id.pantau.vision.scene;

import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import org.jspecify.annotations.Nullable;

/// A pinhole camera above a street. World axes in metres: x across the street, y along it and away
/// from the camera, z up.
///
/// @param xM where it hangs
/// @param heightM above the ground
/// @param yawDeg positive looks towards +x
/// @param pitchDeg positive looks down
/// @param focalPx focal length for a picture `widthPx` wide
record GroundCamera(
        double xM,
        double yM,
        double heightM,
        double yawDeg,
        double pitchDeg,
        double focalPx,
        int widthPx,
        int heightPx) {
    /// Nearer than this nothing is drawn.
    private static final double NEAR_M = 0.6;

    /// A point in the street.
    record Spot(double x, double y, double z) {}

    /// The same seen from the camera: right, up, ahead, in metres.
    private record Seen(double right, double up, double ahead) {}

    /// Distance along the optical axis, for drawing far things first.
    double depth(double x, double y, double z) {
        return see(new Spot(x, y, z)).ahead;
    }

    /// How many pixels a metre has at this spot; 0 behind the camera.
    double pxPerMetre(double x, double y, double z) {
        double ahead = depth(x, y, z);
        return ahead < NEAR_M ? 0 : focalPx / ahead;
    }

    /// @return where in the picture, or null when not in front of the camera
    @Nullable Point2D project(double x, double y, double z) {
        Seen seen = see(new Spot(x, y, z));
        return seen.ahead < NEAR_M ? null : onScreen(seen);
    }

    /// A polygon of the street as it appears, cut at the near plane; empty when it is behind.
    Path2D polygon(Spot... corners) {
        var path = new Path2D.Double();
        boolean begun = false;
        for (int i = 0; i < corners.length; i++) {
            Seen a = see(corners[i]);
            Seen b = see(corners[(i + 1) % corners.length]);
            if (a.ahead >= NEAR_M) {
                begun = append(path, onScreen(a), begun);
            }
            if ((a.ahead >= NEAR_M) != (b.ahead >= NEAR_M)) {
                double t = (NEAR_M - a.ahead) / (b.ahead - a.ahead);
                var cut =
                        new Seen(
                                a.right + t * (b.right - a.right),
                                a.up + t * (b.up - a.up),
                                NEAR_M);
                begun = append(path, onScreen(cut), begun);
            }
        }
        if (begun) {
            path.closePath();
        }
        return path;
    }

    private static boolean append(Path2D path, Point2D point, boolean begun) {
        if (begun) {
            path.lineTo(point.getX(), point.getY());
        } else {
            path.moveTo(point.getX(), point.getY());
        }
        return true;
    }

    private Point2D onScreen(Seen seen) {
        return new Point2D.Double(
                widthPx / 2.0 + focalPx * seen.right / seen.ahead,
                heightPx / 2.0 - focalPx * seen.up / seen.ahead);
    }

    private Seen see(Spot spot) {
        double yaw = Math.toRadians(yawDeg);
        double pitch = Math.toRadians(pitchDeg);
        double dx = spot.x - xM;
        double dy = spot.y - yM;
        double dz = spot.z - heightM;
        double right = dx * Math.cos(yaw) - dy * Math.sin(yaw);
        double forward = dx * Math.sin(yaw) + dy * Math.cos(yaw);
        return new Seen(
                right,
                forward * Math.sin(pitch) + dz * Math.cos(pitch),
                forward * Math.cos(pitch) - dz * Math.sin(pitch));
    }
}
