package id.pantau.vision.scene;

import id.pantau.vision.scene.Mover.Kind;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Who is in the street. Traffic keeps left, as in Indonesia.
final class Traffic {
    private static final double WAY_FROM_M = -12;
    private static final double WAY_M = 150;
    private static final double WALK_M = 33;

    private static final List<Color> PAINTS =
            List.of(
                    new Color(236, 238, 240),
                    new Color(198, 202, 208),
                    new Color(58, 62, 70),
                    new Color(28, 30, 34),
                    new Color(150, 30, 34),
                    new Color(34, 66, 126),
                    new Color(170, 140, 96),
                    new Color(64, 96, 74));
    private static final List<Color> SHIRTS =
            List.of(
                    new Color(220, 60, 50),
                    new Color(60, 110, 190),
                    new Color(240, 200, 70),
                    new Color(245, 245, 245),
                    new Color(70, 140, 90),
                    new Color(110, 70, 140),
                    new Color(40, 44, 54));

    private Traffic() {}

    /// @param density 1 is a calm street, 2 a busy one
    static List<Mover> of(Random random, double laneM, double density) {
        var movers = new ArrayList<Mover>();
        for (int lane = 0; lane < 4; lane++) {
            double x = (lane - 1.5) * laneM;
            int direction = lane < 2 ? 1 : -1;
            boolean kerbside = lane == 0 || lane == 3;
            int laps = direction * (kerbside ? 1 : 2);
            double gap = 26 / density + random.nextDouble() * 6;
            double y = random.nextDouble() * gap;
            while (y < WAY_M - gap * 0.7) {
                Kind kind = vehicle(random, kerbside);
                movers.add(mover(random, kind, x + jitter(random, 0.2), y, laps));
                y += gap * (0.75 + random.nextDouble() * 0.8) + (kind == Kind.CAR ? 0 : 7);
            }
        }
        addMotorcycles(random, movers, laneM, density);
        addPedestrians(random, movers, laneM, density);
        return List.copyOf(movers);
    }

    private static void addMotorcycles(
            Random random, List<Mover> movers, double laneM, double density) {
        for (int side = -1; side <= 1; side += 2) {
            double x = side * (laneM * 2 - 0.75);
            double y = random.nextDouble() * 12;
            while (y < WAY_M - 4) {
                movers.add(mover(random, Kind.MOTORCYCLE, x + jitter(random, 0.25), y, -side * 2));
                y += (7 + random.nextDouble() * 26) / density;
            }
        }
    }

    private static void addPedestrians(
            Random random, List<Mover> movers, double laneM, double density) {
        int count = (int) Math.round(9 * density);
        for (int i = 0; i < count; i++) {
            int side = random.nextBoolean() ? 1 : -1;
            double x = side * (laneM * 2 + 1.1 + random.nextDouble() * 1.7);
            double from = 4 + random.nextDouble() * 34;
            movers.add(
                    new Mover(
                            Kind.PEDESTRIAN,
                            pick(random, SHIRTS),
                            x,
                            from + random.nextDouble() * WALK_M,
                            from,
                            WALK_M,
                            random.nextBoolean() ? 1 : -1));
        }
    }

    private static Kind vehicle(Random random, boolean kerbside) {
        int dice = random.nextInt(12);
        if (kerbside && dice == 0) {
            return Kind.BUS;
        }
        return kerbside && dice <= 2 ? Kind.TRUCK : Kind.CAR;
    }

    private static Mover mover(Random random, Kind kind, double x, double y, int laps) {
        Color color =
                switch (kind) {
                    case BUS -> new Color(36, 110, 170);
                    case TRUCK -> new Color(205, 170, 40);
                    case CAR, MOTORCYCLE -> pick(random, PAINTS);
                    case PEDESTRIAN -> pick(random, SHIRTS);
                };
        return new Mover(kind, color, x, WAY_FROM_M + y, WAY_FROM_M, WAY_M, laps);
    }

    private static double jitter(Random random, double spreadM) {
        return (random.nextDouble() * 2 - 1) * spreadM;
    }

    private static Color pick(Random random, List<Color> from) {
        return from.get(random.nextInt(from.size()));
    }
}
