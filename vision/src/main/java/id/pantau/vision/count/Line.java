package id.pantau.vision.count;

/// A tripwire from one point to another, in fractions of the picture. Who stands at the first point
/// and looks at the second has its left and its right side.
///
/// @param id unique in its camera
public record Line(String id, double x1, double y1, double x2, double y2) {
    public Line {
        if (x1 == x2 && y1 == y2) {
            throw new IllegalArgumentException(
                    "line %s begins where it ends; draw it longer".formatted(id));
        }
    }

    /// Whether who crosses in that direction goes towards larger x, for a line that stands, or
    /// larger y, for one that lies: the `+` of files with counts.
    public boolean isAscending(Crossing.Direction direction) {
        boolean stands = Math.abs(x2 - x1) < Math.abs(y2 - y1);
        // Looking along a standing line downwards, larger x is at the left; along a lying one to
        // the right, larger y is at the right.
        boolean forwards = stands ? y2 > y1 : x2 > x1;
        boolean toRight = direction == Crossing.Direction.TO_RIGHT;
        return (toRight == forwards) != stands;
    }

    /// @return above zero at the right, below at the left (y grows downwards)
    double side(double x, double y) {
        return (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
    }

    /// Whether the way from one point to another leads through the line and not past its ends.
    boolean isBetween(double fromX, double fromY, double toX, double toY) {
        double before = side(fromX, fromY);
        double after = side(toX, toY);
        double part = before == after ? 0.5 : before / (before - after);
        double x = fromX + part * (toX - fromX);
        double y = fromY + part * (toY - fromY);
        double lengthX = x2 - x1;
        double lengthY = y2 - y1;
        double along =
                ((x - x1) * lengthX + (y - y1) * lengthY) / (lengthX * lengthX + lengthY * lengthY);
        return along >= 0 && along <= 1;
    }
}
