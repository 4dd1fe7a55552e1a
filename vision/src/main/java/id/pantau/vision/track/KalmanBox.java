package id.pantau.vision.track;

import id.pantau.vision.Box;

/// A box that moves at a steady speed with random changes: a Kalman filter for the centre, the
/// width and the height, each by itself (position and speed per second). Uncertainty scales with
/// the size of the box, so that near and far objects are treated alike, and grows with time, not
/// with frames.
final class KalmanBox {
    /// Standard deviations in box heights (horizontally in box widths): of what is measured, and of
    /// how much the speed changes within a second.
    private static final double MEASURED = 0.05;

    private static final double SPEED_CHANGE = 1.0;
    private static final double SIZE_CHANGE = 0.25;

    /// Of the speed of something just seen.
    private static final double FIRST_SPEED = 1.5;

    /// One coordinate and its speed, with their covariance.
    private static final class Axis {
        double at;
        double speed;
        double varAt;
        double covariance;
        double varSpeed;

        Axis(double at, double scale) {
            this.at = at;
            this.varAt = square(2 * MEASURED * scale);
            this.varSpeed = square(FIRST_SPEED * scale);
        }

        /// Continuous white noise in the acceleration.
        void predict(double seconds, double changeDeviation) {
            double q = square(changeDeviation);
            at += speed * seconds;
            varAt +=
                    seconds * (2 * covariance + seconds * varSpeed)
                            + q * seconds * seconds * seconds / 3;
            covariance += seconds * varSpeed + q * seconds * seconds / 2;
            varSpeed += q * seconds;
        }

        void correct(double measured, double deviation) {
            double total = varAt + square(deviation);
            double gainAt = varAt / total;
            double gainSpeed = covariance / total;
            double error = measured - at;
            at += gainAt * error;
            speed += gainSpeed * error;
            varSpeed -= gainSpeed * covariance;
            covariance *= 1 - gainAt;
            varAt *= 1 - gainAt;
        }
    }

    private final Axis x;
    private final Axis y;
    private final Axis width;
    private final Axis height;
    private double measuredWidth;
    private double measuredHeight;

    /// @param unrest how many times less steadily it moves than a detection does
    KalmanBox(Box box, double unrest) {
        x = new Axis(box.centreX(), box.width());
        y = new Axis(box.centreY(), box.height());
        width = new Axis(box.width(), box.width());
        height = new Axis(box.height(), box.height());
        x.varSpeed *= square(unrest);
        y.varSpeed *= square(unrest);
        width.varSpeed = square(unrest * SIZE_CHANGE * box.width());
        height.varSpeed = square(unrest * SIZE_CHANGE * box.height());
        measuredWidth = box.width();
        measuredHeight = box.height();
    }

    /// @param unrest as for the constructor
    void predict(double seconds, double unrest) {
        double across = Math.max(1e-6, width.at);
        double down = Math.max(1e-6, height.at);
        x.predict(seconds, unrest * SPEED_CHANGE * Math.max(across, measuredWidth));
        y.predict(seconds, unrest * SPEED_CHANGE * Math.max(down, measuredHeight));
        width.predict(seconds, unrest * SIZE_CHANGE * Math.max(across, measuredWidth));
        height.predict(seconds, unrest * SIZE_CHANGE * Math.max(down, measuredHeight));
        // A size that shrinks in the dark would end below zero.
        keepLarge(width, across);
        keepLarge(height, down);
    }

    /// @param trust 1 for a detection; less for what is measured less exactly
    void correct(Box box, double trust) {
        double across = MEASURED * box.width() / trust;
        double down = MEASURED * box.height() / trust;
        measuredWidth = box.width();
        measuredHeight = box.height();
        x.correct(box.centreX(), across);
        y.correct(box.centreY(), down);
        width.correct(box.width(), across);
        height.correct(box.height(), down);
    }

    Box box() {
        return Box.ofCentre(x.at, y.at, width.at, height.at);
    }

    /// Box widths a second to the right.
    double speedX() {
        return x.speed / Math.max(1e-6, width.at);
    }

    /// Box heights a second downwards.
    double speedY() {
        return y.speed / Math.max(1e-6, height.at);
    }

    private static void keepLarge(Axis size, double before) {
        if (size.at < before / 2) {
            size.at = before / 2;
            size.speed = 0;
        }
    }

    private static double square(double value) {
        return value * value;
    }
}
