package id.pantau.vision;

/// A rectangle whose sides are parallel to the picture's, origin at the top left. Unless said
/// otherwise its coordinates are fractions of the picture's width and height (0..1), so that it
/// survives a change of resolution; it may reach beyond the picture. Overlaps ([#iou]) are the same
/// in any unit.
public record Box(double left, double top, double right, double bottom) {
    public static Box ofCentre(double x, double y, double width, double height) {
        return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
    }

    public double width() {
        return right - left;
    }

    public double height() {
        return bottom - top;
    }

    public double centreX() {
        return (left + right) / 2;
    }

    public double centreY() {
        return (top + bottom) / 2;
    }

    public double area() {
        return Math.max(0, width()) * Math.max(0, height());
    }

    public double intersection(Box other) {
        double width = Math.min(right, other.right) - Math.max(left, other.left);
        double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        return width > 0 && height > 0 ? width * height : 0;
    }

    /// Intersection over union, 0..1.
    public double iou(Box other) {
        double shared = intersection(other);
        return shared == 0 ? 0 : shared / (area() + other.area() - shared);
    }

    /// How much of this box lies inside the other one, 0..1.
    public double coveredBy(Box other) {
        double area = area();
        return area == 0 ? 0 : intersection(other) / area;
    }

    /// Larger by that part of its width at the left and the right, and of its height at the top and
    /// the bottom.
    public Box buffered(double part) {
        double x = width() * part;
        double y = height() * part;
        return new Box(left - x, top - y, right + x, bottom + y);
    }

    public Box union(Box other) {
        return new Box(
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom));
    }

    /// The part inside the picture.
    public Box clipped() {
        return new Box(within(left), within(top), within(right), within(bottom));
    }

    /// The same in another unit.
    public Box scaled(double x, double y) {
        return new Box(left * x, top * y, right * x, bottom * y);
    }

    private static double within(double value) {
        return Math.clamp(value, 0, 1);
    }
}
