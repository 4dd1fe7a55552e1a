package id.pantau.bench;

import id.pantau.vision.Frame;
import id.pantau.vision.motion.MotionDetector;
import java.time.Duration;
import java.util.SplittableRandom;

/// Half an hour of nothing: a street that is drawn once, the noise of a sensor in the evening, and
/// light that comes and goes with the clouds. Whatever moves there is an error.
final class StillScene {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int FPS = 5;
    private static final int FRAMES = 30 * 60 * FPS;
    private static final long SEED = 20261126;

    /// Steps of luma, as a standard deviation.
    private static final double NOISE = 5;

    /// Steps of luma to each side, once in four minutes.
    private static final double CLOUDS = 12;

    /// Motion after so long without any is another event.
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final double STEPS_OF_MOTION = 14; // as the analysis has it

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final byte[] still = draw();
    private final byte[] noise = noise();

    private StillScene() {}

    static void measure(Report report) {
        var scene = new StillScene();
        int events = scene.count();
        report.setting("noise", "%.0f steps, seed %d".formatted(NOISE, SEED));
        report.atMost(
                "still scene, noise of 5 steps: motion events",
                events * 3600.0 * FPS / FRAMES,
                "an hour",
                1);
    }

    private int count() {
        var motion = new MotionDetector(STEPS_OF_MOTION);
        int events = 0;
        Duration last = QUIET.negated();
        for (int i = 0; i < FRAMES; i++) {
            Duration at = Duration.ofMillis(1000L * i / FPS);
            if (!motion.look(frame(i), at).blobs().isEmpty()) {
                events += at.minus(last).compareTo(QUIET) >= 0 ? 1 : 0;
                last = at;
            }
        }
        return events;
    }

    /// Noise comes from a long stretch of it, begun anywhere: no two frames have the same.
    private Frame frame(int number) {
        var frame = new Frame(WIDTH, HEIGHT, false);
        byte[] luma = frame.luma();
        int light = (int) Math.round(CLOUDS * Math.sin(2 * Math.PI * number / (240.0 * FPS)));
        for (int row = 0; row < HEIGHT; row++) {
            int at = random.nextInt(noise.length - WIDTH);
            for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
                luma[i] = (byte) Math.clamp((still[i] & 0xff) + light + noise[at++], 16, 235);
            }
        }
        return frame;
    }

    private byte[] noise() {
        byte[] stretch = new byte[1 << 22];
        var bell = new java.util.Random(SEED);
        for (int i = 0; i < stretch.length; i++) {
            stretch[i] = (byte) Math.round(Math.clamp(NOISE * bell.nextGaussian(), -60, 60));
        }
        return stretch;
    }

    /// Houses, windows and a road with a kerb.
    private byte[] draw() {
        byte[] picture = new byte[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int house = 70 + x / 90 * 53 % 110;
                boolean window = y > 40 && y < 150 && x % 45 > 12 && x % 45 < 30 && y % 50 > 18;
                int value = y < 190 ? (window ? 45 : house) : 95 + (y - 190) / 5;
                picture[y * WIDTH + x] = (byte) (y > 186 && y < 194 ? 170 : value);
            }
        }
        return picture;
    }
}
