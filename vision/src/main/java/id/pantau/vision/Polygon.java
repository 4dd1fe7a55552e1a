package id.pantau.vision;

import java.util.List;

/// A part of the picture inside straight edges, in fractions of its width and height. The last
/// corner is joined with the first.
public record Polygon(List<Point> points) {
    private static final int MOST_POINTS = 64;

    /// Of the picture; less is a slip of the hand.
    private static final double LEAST_AREA = 1e-4;

    public record Point(double x, double y) {}

    /// @throws IllegalArgumentException when it has fewer than 3 or more than 64 corners, one of
    ///   them lies outside the picture, its edges cross, or it has no area; the message says which
    public Polygon {
        points = List.copyOf(points);
        if (points.size() < 3 || points.size() > MOST_POINTS) {
            throw new IllegalArgumentException(
                    "a polygon has 3 to %d corners, this one %d"
                            .formatted(MOST_POINTS, points.size()));
        }
        for (Point point : points) {
            if (!isInPicture(point.x()) || !isInPicture(point.y())) {
                throw new IllegalArgumentException(
                        "the corner %s, %s lies outside the picture (0..1)"
                                .formatted(point.x(), point.y()));
            }
        }
        if (crossesItself(points)) {
            throw new IllegalArgumentException("the polygon's edges cross each other");
        }
        if (area(points) < LEAST_AREA) {
            throw new IllegalArgumentException("the polygon has no area; draw it larger");
        }
    }

    public boolean contains(double x, double y) {
        boolean inside = false;
        for (int i = 0, j = points.size() - 1; i < points.size(); j = i++) {
            Point a = points.get(i);
            Point b = points.get(j);
            boolean spans = a.y() > y != b.y() > y;
            if (spans && x < (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()) + a.x()) {
                inside = !inside;
            }
        }
        return inside;
    }

    private static boolean isInPicture(double value) {
        return value >= 0 && value <= 1; // false for NaN
    }

    private static double area(List<Point> points) {
        double twice = 0;
        for (int i = 0, j = points.size() - 1; i < points.size(); j = i++) {
            twice += points.get(j).x() * points.get(i).y() - points.get(i).x() * points.get(j).y();
        }
        return Math.abs(twice) / 2;
    }

    private static boolean crossesItself(List<Point> points) {
        int count = points.size();
        for (int i = 0; i < count; i++) {
            for (int j = i + 2; j < count; j++) {
                boolean neighbours = i == 0 && j == count - 1;
                if (!neighbours
                        && cross(
                                points.get(i),
                                points.get(i + 1),
                                points.get(j),
                                points.get((j + 1) % count))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean cross(Point a, Point b, Point c, Point d) {
        return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
    }

    private static double side(Point a, Point b, Point p) {
        return (b.x() - a.x()) * (p.y() - a.y()) - (b.y() - a.y()) * (p.x() - a.x());
    }
}
