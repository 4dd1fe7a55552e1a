package id.pantau.vision.scene;

import id.pantau.vision.scene.Canvas.Solid;
import id.pantau.vision.scene.GroundCamera.Spot;
import java.awt.Color;

/// Draws what moves: vehicles as a few boxes each, people as limbs.
final class MoverPainter {
    private static final Color GLASS = new Color(46, 58, 70);
    private static final Color SKIN = new Color(168, 118, 84);
    private static final Color HEADLIGHT = new Color(255, 244, 214);
    private static final Color TAIL_LIGHT = new Color(255, 40, 28);

    private MoverPainter() {}

    static void paint(Canvas canvas, Mover mover, double y, double part) {
        switch (mover.kind()) {
            case CAR -> car(canvas, mover, y);
            case BUS -> bus(canvas, mover, y);
            case TRUCK -> truck(canvas, mover, y);
            case MOTORCYCLE -> motorcycle(canvas, mover, y);
            case PEDESTRIAN -> pedestrian(canvas, mover, y, part);
        }
    }

    private static void car(Canvas canvas, Mover mover, double y) {
        double x = mover.xM();
        double forward = mover.away() ? 1 : -1;
        canvas.shadow(x, y, 4.3, 1.8);
        wheels(canvas, x, y, 1.72, 1.3, 0.32);
        canvas.solid(new Solid(x, y, 4.3, 1.75, 0.32, 0.86, 0.08), mover.color(), mover.color());
        double cabin = y - 0.25 * forward;
        canvas.solid(new Solid(x, cabin, 2.5, 1.6, 0.86, 1.42, 0.45), GLASS, mover.color());
        face(canvas, x, y, forward, 2.16, 1.75, 0.62);
    }

    private static void bus(Canvas canvas, Mover mover, double y) {
        double x = mover.xM();
        double forward = mover.away() ? 1 : -1;
        canvas.shadow(x, y, 10.5, 2.5);
        wheels(canvas, x, y, 2.46, 3.2, 0.48);
        canvas.solid(new Solid(x, y, 10.5, 2.5, 0.4, 1.45, 0), mover.color(), mover.color());
        canvas.solid(new Solid(x, y, 10.45, 2.46, 1.45, 2.45, 0), GLASS, GLASS);
        canvas.solid(
                new Solid(x, y, 10.5, 2.5, 2.45, 3.0, 0),
                new Color(240, 242, 244),
                new Color(226, 228, 230));
        face(canvas, x, y, forward, 5.26, 2.5, 0.8);
    }

    private static void truck(Canvas canvas, Mover mover, double y) {
        double x = mover.xM();
        double forward = mover.away() ? 1 : -1;
        var cargo = new Color(188, 192, 190);
        canvas.shadow(x, y, 7, 2.3);
        wheels(canvas, x, y, 2.26, 2.2, 0.45);
        Runnable cab =
                () -> {
                    double at = y + 2.6 * forward;
                    canvas.solid(
                            new Solid(x, at, 1.8, 2.2, 0.45, 1.45, 0),
                            mover.color(),
                            mover.color());
                    canvas.solid(
                            new Solid(x, at, 1.75, 2.14, 1.45, 2.1, 0.1), GLASS, mover.color());
                    face(canvas, x, y, forward, 3.52, 2.2, 0.75);
                };
        Runnable box =
                () -> {
                    canvas.solid(
                            new Solid(x, y - 0.95 * forward, 5, 2.3, 0.7, 2.75, 0), cargo, cargo);
                    tail(canvas, x, y, forward, 3.46, 2.3, 0.85);
                };
        boolean boxNearer = forward > 0;
        (boxNearer ? cab : box).run();
        (boxNearer ? box : cab).run();
    }

    private static void motorcycle(Canvas canvas, Mover mover, double y) {
        double x = mover.xM();
        double forward = mover.away() ? 1 : -1;
        canvas.shadow(x, y, 1.9, 0.5);
        canvas.wheel(x, y - 0.62, 0.3);
        canvas.wheel(x, y + 0.62, 0.3);
        canvas.solid(
                new Solid(x, y, 1.3, 0.34, 0.42, 0.8, 0.2),
                new Color(150, 30, 36),
                new Color(30, 30, 34));
        double hip = y - 0.2 * forward;
        double shoulder = y + 0.02 * forward;
        var trousers = new Color(44, 50, 66);
        for (int side = -1; side <= 1; side += 2) {
            canvas.limb(
                    new Spot(x + side * 0.16, hip, 0.86),
                    new Spot(x + side * 0.2, hip + 0.38 * forward, 0.5),
                    0.17,
                    trousers);
            canvas.limb(
                    new Spot(x + side * 0.2, shoulder, 1.3),
                    new Spot(x + side * 0.3, shoulder + 0.45 * forward, 1.05),
                    0.11,
                    mover.color());
        }
        canvas.limb(new Spot(x, hip, 0.95), new Spot(x, shoulder, 1.3), 0.42, mover.color());
        canvas.ball(x, shoulder + 0.05 * forward, 1.62, 0.16, new Color(24, 26, 32));
        canvas.ball(x, shoulder + 0.1 * forward, 1.6, 0.1, mover.away() ? mover.color() : SKIN);
        face(canvas, x, y, forward, 0.75, 0.3, 0.85);
    }

    private static void pedestrian(Canvas canvas, Mover mover, double y, double part) {
        double x = mover.xM();
        double forward = mover.away() ? 1 : -1;
        // 33 m in one loop at 0.7 m a step.
        double swing = Math.sin(part * 47 * Math.PI + mover.startYM()) * 0.32;
        canvas.shadow(x, y, 0.5, 0.4);
        var trousers = new Color(50, 56, 76);
        for (int side = -1; side <= 1; side += 2) {
            canvas.limb(
                    new Spot(x + side * 0.1, y, 0.85),
                    new Spot(x + side * 0.1, y + side * swing, 0.08),
                    0.15,
                    trousers);
            canvas.limb(
                    new Spot(x + side * 0.25, y, 1.36),
                    new Spot(x + side * 0.27, y - side * swing * 0.8, 0.88),
                    0.1,
                    SKIN);
        }
        canvas.limb(new Spot(x, y, 0.95), new Spot(x, y, 1.32), 0.42, mover.color());
        canvas.ball(x, y + 0.02 * forward, 1.62, 0.13, new Color(32, 26, 24));
        if (!mover.away()) {
            canvas.ball(x, y + 0.06 * forward, 1.6, 0.1, SKIN);
        }
    }

    private static void wheels(
            Canvas canvas, double x, double y, double trackM, double axleM, double radiusM) {
        double side = canvas.camera().xM() < x ? -trackM / 2 - 0.03 : trackM / 2 + 0.03;
        canvas.wheel(x + side, y - axleM, radiusM);
        canvas.wheel(x + side, y + axleM, radiusM);
    }

    /// The lamps at whichever end the camera sees.
    private static void face(
            Canvas canvas,
            double x,
            double y,
            double forward,
            double half,
            double width,
            double z) {
        double front = y + half * forward;
        if ((canvas.camera().yM() - front) * forward > 0) {
            lamps(canvas, x, front, width, z, HEADLIGHT, 0.12);
        } else {
            tail(canvas, x, y, forward, half, width, z);
        }
    }

    private static void tail(
            Canvas canvas,
            double x,
            double y,
            double forward,
            double half,
            double width,
            double z) {
        double back = y - half * forward;
        if ((back - canvas.camera().yM()) * forward > 0) {
            lamps(canvas, x, back, width, z, Canvas.shade(TAIL_LIGHT, 0.75), 0.1);
        }
    }

    private static void lamps(
            Canvas canvas,
            double x,
            double y,
            double width,
            double z,
            Color color,
            double radiusM) {
        double off = Math.max(0, width / 2 - 0.26);
        canvas.ball(x - off, y, z, radiusM, color);
        if (off > 0) {
            canvas.ball(x + off, y, z, radiusM, color);
        }
    }

    /// From the middle of a vehicle to its lamps; 0 for who has none.
    private static double half(Mover mover) {
        return switch (mover.kind()) {
            case CAR -> 2.16;
            case BUS -> 5.26;
            case TRUCK -> 3.52;
            case MOTORCYCLE -> 0.75;
            case PEDESTRIAN -> 0;
        };
    }

    /// Halos, drawn over the darkened picture.
    static void lights(Canvas canvas, Mover mover, double y) {
        double half = half(mover);
        if (half == 0) {
            return;
        }
        double forward = mover.away() ? 1 : -1;
        double width = mover.kind() == Mover.Kind.MOTORCYCLE ? 0 : 0.62;
        double front = y + half * forward;
        if (canvas.camera().yM() > front == forward > 0) {
            pair(canvas, mover.xM(), front, width, HEADLIGHT, 0.62, canvas.dusk() * 0.95);
        } else {
            pair(
                    canvas,
                    mover.xM(),
                    y - half * forward,
                    width,
                    TAIL_LIGHT,
                    0.34,
                    canvas.dusk() * 0.8);
        }
    }

    private static void pair(
            Canvas canvas,
            double x,
            double y,
            double off,
            Color color,
            double radiusM,
            double strength) {
        canvas.glow(x - off, y, 0.65, radiusM, color, strength);
        if (off > 0) {
            canvas.glow(x + off, y, 0.65, radiusM, color, strength);
        }
    }

    /// What the headlights throw on the road, painted before the traffic.
    static void beam(Canvas canvas, Mover mover, double y) {
        double half = half(mover);
        if (half == 0) {
            return;
        }
        double forward = mover.away() ? 1 : -1;
        double x = mover.xM();
        double front = y + half * forward;
        var beam = new Color(255, 240, 200, (int) (40 * canvas.dusk()));
        for (int i = 1; i <= 4; i++) {
            double reach = 1.7 * i;
            canvas.fill(
                    beam,
                    new Spot(x - 0.7, front, 0.02),
                    new Spot(x + 0.7, front, 0.02),
                    new Spot(x + 0.7 + 0.2 * i, front + reach * forward, 0.02),
                    new Spot(x, front + (reach + 0.9) * forward, 0.02),
                    new Spot(x - 0.7 - 0.2 * i, front + reach * forward, 0.02));
        }
    }
}
