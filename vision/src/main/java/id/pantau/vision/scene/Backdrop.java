package id.pantau.vision.scene;

import id.pantau.vision.scene.Canvas.Solid;
import id.pantau.vision.scene.GroundCamera.Spot;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What does not move: sky, ground, road, houses, trees and lamps. Painted once by day.
final class Backdrop {
    private static final double PAVEMENT_M = 3.2;
    private static final double FAR_M = 190;
    private static final double NEAR_M = -15;
    private static final double LAMP_HEIGHT_M = 7.5;
    private static final double LAMPS_FROM_M = 23;

    /// A tree at the kerb, drawn among the traffic.
    record Tree(double x, double y, double heightM, long seed) {}

    private record Window(Spot a, Spot b, Spot c, Spot d) {}

    private final double roadHalfM;
    private final List<Solid> houses = new ArrayList<>();
    private final List<Color> walls = new ArrayList<>();
    private final List<Tree> trees = new ArrayList<>();
    private final List<Window> litWindows = new ArrayList<>();
    private final long seed;

    Backdrop(Random random, double laneM) {
        roadHalfM = laneM * 2;
        seed = random.nextLong();
        for (int side = -1; side <= 1; side += 2) {
            double y = -8;
            while (y < 150) {
                double length = 9 + random.nextDouble() * 11;
                double height = 4 + random.nextInt(4) * 3.1;
                double depth = 12;
                double x = side * (roadHalfM + PAVEMENT_M + 1.5 + depth / 2);
                houses.add(new Solid(x, y + length / 2, length, depth, 0, height, 0));
                walls.add(wall(random));
                y += length + (random.nextInt(3) == 0 ? 6 : 0.4);
            }
            for (double at = 19 + random.nextDouble() * 8; at < 120; ) {
                double height = 4.5 + random.nextDouble() * 2.5;
                trees.add(new Tree(side * (roadHalfM + 0.9), at, height, random.nextLong()));
                at += 13 + random.nextDouble() * 12;
            }
        }
    }

    List<Tree> trees() {
        return trees;
    }

    private static Color wall(Random random) {
        Color[] choices = {
            new Color(222, 212, 190),
            new Color(206, 196, 186),
            new Color(190, 204, 200),
            new Color(226, 196, 160),
            new Color(198, 178, 170),
            new Color(216, 220, 222)
        };
        return choices[random.nextInt(choices.length)];
    }

    void paint(Canvas canvas) {
        GroundCamera camera = canvas.camera();
        Graphics2D graphics = canvas.graphics();
        graphics.setPaint(
                new GradientPaint(
                        0,
                        0,
                        new Color(120, 168, 216),
                        0,
                        camera.heightPx() * 0.5f,
                        new Color(222, 230, 234)));
        graphics.fillRect(0, 0, camera.widthPx(), camera.heightPx());
        strip(canvas, new Color(122, 134, 104), -80, 80, NEAR_M, 400);
        strip(canvas, new Color(172, 166, 158), -house(), house(), NEAR_M, FAR_M);
        strip(canvas, new Color(206, 204, 198), -roadHalfM - 0.2, roadHalfM + 0.2, NEAR_M, FAR_M);
        strip(canvas, new Color(92, 94, 98), -roadHalfM, roadHalfM, NEAR_M, FAR_M);
        wear(canvas);
        marks(canvas);
        for (int i = houses.size() - 1; i >= 0; i--) {
            paintHouses(canvas, i);
        }
    }

    private double house() {
        return roadHalfM + PAVEMENT_M + 1.6;
    }

    private static void strip(
            Canvas canvas, Color color, double left, double right, double near, double far) {
        canvas.fill(
                color,
                new Spot(left, near, 0),
                new Spot(right, near, 0),
                new Spot(right, far, 0),
                new Spot(left, far, 0));
    }

    /// Patches and tyre tracks: a road without them looks drawn.
    private void wear(Canvas canvas) {
        var random = new Random(seed);
        for (int i = 0; i < 70; i++) {
            double x = (random.nextDouble() * 2 - 1) * (roadHalfM - 0.6);
            double y = random.nextDouble() * 90;
            double w = 0.4 + random.nextDouble() * 1.2;
            double l = 1 + random.nextDouble() * 5;
            int tone = 70 + random.nextInt(40);
            strip(
                    canvas,
                    new Color(tone, tone, tone + 3, 60),
                    Math.max(-roadHalfM, x - w / 2),
                    Math.min(roadHalfM, x + w / 2),
                    y,
                    y + l);
        }
    }

    private void marks(Canvas canvas) {
        var white = new Color(226, 226, 222);
        var yellow = new Color(214, 178, 60);
        strip(canvas, yellow, -0.22, -0.1, NEAR_M, FAR_M);
        strip(canvas, yellow, 0.1, 0.22, NEAR_M, FAR_M);
        strip(canvas, white, -roadHalfM + 0.15, -roadHalfM + 0.28, NEAR_M, FAR_M);
        strip(canvas, white, roadHalfM - 0.28, roadHalfM - 0.15, NEAR_M, FAR_M);
        for (double y = -12; y < FAR_M; y += 8) {
            for (int side = -1; side <= 1; side += 2) {
                double x = side * roadHalfM / 2;
                strip(canvas, white, x - 0.07, x + 0.07, y, y + 3.4);
            }
        }
        for (double x = -roadHalfM + 0.5; x < roadHalfM - 0.5; x += 1.1) {
            strip(canvas, white, x, x + 0.55, 26, 29.5);
        }
    }

    private void paintHouses(Canvas canvas, int index) {
        // Both rows were laid from near to far: drawn backwards, far ones come first in each row.
        Solid house = houses.get(index);
        Color color = walls.get(index);
        Color roof = new Color(150, 84, 64);
        canvas.solid(house, color, roof);
        boolean right = house.x() > 0;
        double x = house.x() + (right ? -house.widthM() / 2 : house.widthM() / 2);
        boolean facing = right ? canvas.camera().xM() < x : canvas.camera().xM() > x;
        if (!facing) {
            return;
        }
        var random = new Random(seed + index);
        double near = house.y() - house.lengthM() / 2;
        for (double z = 3.4; z + 1.5 < house.topM(); z += 3.1) {
            for (double y = near + 1.1; y + 1.4 < near + house.lengthM(); y += 2.6) {
                window(canvas, x, y, z, 1.4, 1.3, random.nextInt(3) == 0);
            }
        }
        shopFront(canvas, x, near, house.lengthM(), random);
    }

    private void shopFront(Canvas canvas, double x, double near, double length, Random random) {
        Color[] signs = {
            new Color(190, 50, 44),
            new Color(36, 104, 166),
            new Color(44, 132, 84),
            new Color(220, 160, 40)
        };
        double toRoad = x > 0 ? -0.04 : 0.04;
        Color sign = signs[random.nextInt(signs.length)];
        wallPatch(canvas, sign, x + toRoad, near + 0.5, near + length - 0.5, 2.5, 3.1);
        window(canvas, x + toRoad, near + 0.9, 0.5, length * 0.5, 1.8, true);
        wallPatch(
                canvas,
                new Color(92, 72, 58),
                x + toRoad,
                near + length * 0.5 + 1.8,
                near + length * 0.5 + 3,
                0,
                2.2);
        wallPatch(
                canvas,
                new Color(255, 255, 255, 70),
                x + 2 * toRoad,
                near + length * 0.2,
                near + length * 0.7,
                2.68,
                2.92);
    }

    private void window(
            Canvas canvas, double x, double y, double z, double w, double h, boolean lit) {
        wallPatch(canvas, new Color(70, 88, 104), x, y, y + w, z, z + h);
        wallPatch(canvas, new Color(150, 176, 196, 90), x, y, y + w * 0.4, z, z + h);
        if (lit) {
            litWindows.add(
                    new Window(
                            new Spot(x, y, z),
                            new Spot(x, y + w, z),
                            new Spot(x, y + w, z + h),
                            new Spot(x, y, z + h)));
        }
    }

    private static void wallPatch(
            Canvas canvas, Color color, double x, double y1, double y2, double z1, double z2) {
        canvas.fill(
                color,
                new Spot(x, y1, z1),
                new Spot(x, y2, z1),
                new Spot(x, y2, z2),
                new Spot(x, y1, z2));
    }

    void paintTree(Canvas canvas, Tree tree) {
        var random = new Random(tree.seed);
        canvas.shadow(tree.x + 0.4, tree.y, 2.6, 2.4);
        canvas.limb(
                new Spot(tree.x, tree.y, 0),
                new Spot(tree.x, tree.y, tree.heightM * 0.62),
                0.26,
                new Color(92, 72, 54));
        for (int i = 0; i < 16; i++) {
            double angle = random.nextDouble() * 2 * Math.PI;
            double out = random.nextDouble() * 1.25;
            double up = tree.heightM * (0.58 + random.nextDouble() * 0.36);
            int tone = (int) (34 + 46 * (up / tree.heightM) + random.nextInt(16));
            canvas.ball(
                    tree.x + out * Math.cos(angle),
                    tree.y + out * Math.sin(angle),
                    up,
                    0.6 + random.nextDouble() * 0.45,
                    new Color(tone, tone + 44, tone / 2 + 8));
        }
    }

    void paintLamps(Canvas canvas) {
        for (double y = LAMPS_FROM_M; y < 120; y += 24) {
            for (int side = -1; side <= 1; side += 2) {
                double x = side * (roadHalfM + 0.55);
                double head = side * (roadHalfM - 1.3);
                var grey = new Color(108, 112, 116);
                canvas.limb(new Spot(x, y, 0), new Spot(x, y, LAMP_HEIGHT_M), 0.13, grey);
                canvas.limb(
                        new Spot(x, y, LAMP_HEIGHT_M),
                        new Spot(head, y, LAMP_HEIGHT_M + 0.3),
                        0.09,
                        grey);
            }
        }
    }

    /// Lit windows and the ground below street lamps, painted before the traffic that hides them
    /// and before the picture is darkened, hence stronger than they will look.
    void groundLights(Canvas canvas) {
        double on = on(canvas);
        if (on == 0) {
            return;
        }
        var warm = new Color(255, 216, 130, (int) (235 * on));
        for (Window window : litWindows) {
            canvas.fill(warm, window.a, window.b, window.c, window.d);
        }
        for (double y = LAMPS_FROM_M - 24; y < 120; y += 24) {
            for (int side = -1; side <= 1; side += 2) {
                pool(canvas, side * (roadHalfM - 1.3), y, on);
            }
        }
    }

    /// The street lamps' halos.
    void lamps(Canvas canvas) {
        double on = on(canvas);
        for (double y = LAMPS_FROM_M; y < 120; y += 24) {
            for (int side = -1; side <= 1; side += 2) {
                double head = side * (roadHalfM - 1.3);
                canvas.glow(head, y, LAMP_HEIGHT_M + 0.2, 1.3, new Color(255, 220, 150), on);
            }
        }
    }

    private static double on(Canvas canvas) {
        return Math.clamp((canvas.dusk() - 0.35) / 0.3, 0, 1);
    }

    private static void pool(Canvas canvas, double x, double y, double on) {
        for (int ring = 1; ring <= 8; ring++) {
            var corners = new Spot[20];
            for (int i = 0; i < corners.length; i++) {
                double angle = 2 * Math.PI * i / corners.length;
                corners[i] =
                        new Spot(
                                x + 0.62 * ring * Math.cos(angle),
                                y + 0.95 * ring * Math.sin(angle),
                                0.01);
            }
            canvas.fill(new Color(255, 214, 140, (int) (17 * on)), corners);
        }
    }
}
