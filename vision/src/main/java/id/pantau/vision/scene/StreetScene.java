package id.pantau.vision.scene;

import id.pantau.vision.FfmpegProgram;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;

/// A small street with cars, motorcycles, a bus, trucks and people, from afternoon to dusk and
/// back, that loops without a seam. Rendered without a screen and encoded by [FfmpegProgram]. One
/// instance per thread.
public final class StreetScene {
    /// How many different streets there are.
    public static final int VARIANTS = 4;

    public static final int LOOP_SECONDS = 24;
    public static final int FPS = 15;

    private static final int WIDTH_PX = 1280;
    private static final int HEIGHT_PX = 720;
    private static final int FRAMES = LOOP_SECONDS * FPS;
    private static final double LANE_M = 3.2;
    private static final LocalTime AFTERNOON = LocalTime.of(16, 40);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Variant variant;
    private final Backdrop backdrop;
    private final List<Mover> movers;
    private final BufferedImage still;

    private record Variant(String name, long seed, GroundCamera camera, double density) {}

    private record Drawn(double depth, Runnable draw) {}

    /// The two streams of one street camera.
    ///
    /// @param name as burnt into the picture
    /// @param main H.264 1280x720 at 15 fps, key frame every 2 s, with AAC
    /// @param sub H.264 640x360 at 5 fps, key frame every 2 s
    public record Clip(String name, Path main, Path sub) {}

    /// @param variant 0 to [#VARIANTS]-1; others wrap around
    public StreetScene(int variant) {
        this.variant = variants().get(Math.floorMod(variant, VARIANTS));
        var random = new Random(this.variant.seed);
        this.backdrop = new Backdrop(random, LANE_M);
        this.movers = Traffic.of(random, LANE_M, this.variant.density);
        this.still = new BufferedImage(WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = graphicsOf(still);
        backdrop.paint(new Canvas(graphics, this.variant.camera, 0));
        graphics.dispose();
    }

    private static List<Variant> variants() {
        return List.of(
                new Variant("JALAN MERDEKA", 4711, camera(-8.6, -4, 6.4, 12, 13, 980), 1.0),
                new Variant("SIMPANG PASAR", 1945, camera(8.8, -2, 5.2, -15, 11, 900), 1.7),
                new Variant("JEMBATAN UTARA", 2803, camera(0.6, -6, 8.6, 0, 19, 1080), 1.3),
                new Variant("GERBANG KAMPUS", 77, camera(-9.4, 6, 4.3, 24, 8.5, 860), 0.7));
    }

    private static GroundCamera camera(
            double x, double y, double height, double yaw, double pitch, double focal) {
        return new GroundCamera(x, y, height, yaw, pitch, focal, WIDTH_PX, HEIGHT_PX);
    }

    public String name() {
        return variant.name;
    }

    /// Renders and encodes both streams into `directory`; files that are already there are kept.
    ///
    /// @param progress told 0..1 as it goes, on the calling thread
    public Clip encode(FfmpegProgram ffmpeg, Path directory, DoubleConsumer progress)
            throws IOException, InterruptedException {
        String file = variant.name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        Path main = directory.resolve(file + "-main.mp4");
        Path sub = directory.resolve(file + "-sub-aac.mp4");
        if (!Files.exists(main) || !Files.exists(sub)) {
            Files.createDirectories(directory);
            Path mainPart = directory.resolve(file + "-main.part.mp4");
            Path subPart = directory.resolve(file + "-sub.part.mp4");
            encode(ffmpeg, mainPart, subPart, progress);
            Files.move(mainPart, main, StandardCopyOption.REPLACE_EXISTING);
            Files.move(subPart, sub, StandardCopyOption.REPLACE_EXISTING);
        }
        progress.accept(1);
        return new Clip(variant.name, main, sub);
    }

    private void encode(FfmpegProgram ffmpeg, Path main, Path sub, DoubleConsumer progress)
            throws IOException, InterruptedException {
        Process process = ffmpeg.start(arguments(main, sub));
        try {
            var text =
                    CompletableFuture.supplyAsync(
                            () -> FfmpegProgram.tailOf(process), Thread::startVirtualThread);
            IOException broken = null;
            try (OutputStream pipe = process.getOutputStream()) {
                writeFrames(pipe, progress);
            } catch (IOException e) {
                broken = e; // ffmpeg ended early: what it printed says why
            }
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0 || broken != null) {
                throw new IOException(
                        "cannot encode %s: %s".formatted(variant.name, text.get()), broken);
            }
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException(e));
        } finally {
            process.destroyForcibly();
        }
    }

    private void writeFrames(OutputStream pipe, DoubleConsumer progress) throws IOException {
        var frame = new BufferedImage(WIDTH_PX, HEIGHT_PX, BufferedImage.TYPE_3BYTE_BGR);
        byte[] pixels = ((DataBufferByte) frame.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < FRAMES; i++) {
            paint(frame, (double) i / FRAMES);
            pipe.write(pixels);
            progress.accept((double) i / FRAMES);
        }
    }

    private static List<String> arguments(Path main, Path sub) {
        var arguments = new ArrayList<String>(List.of("-loglevel", "warning"));
        arguments.addAll(List.of("-f", "rawvideo", "-pix_fmt", "bgr24"));
        arguments.addAll(List.of("-video_size", WIDTH_PX + "x" + HEIGHT_PX));
        arguments.addAll(List.of("-framerate", Integer.toString(FPS), "-i", "pipe:0"));
        arguments.addAll(List.of("-f", "lavfi", "-i", ambience()));
        arguments.addAll(List.of("-map", "0:v", "-map", "1:a"));
        arguments.addAll(h264(FPS, "1600k"));
        arguments.addAll(List.of("-c:a", "aac", "-b:a", "48k"));
        arguments.addAll(List.of("-t", Integer.toString(LOOP_SECONDS), main.toString()));
        arguments.addAll(List.of("-map", "0:v", "-map", "1:a"));
        arguments.addAll(List.of("-vf", "fps=5,scale=640:360:flags=area"));
        arguments.addAll(h264(5, "256k"));
        arguments.addAll(List.of("-c:a", "aac", "-b:a", "32k"));
        arguments.addAll(List.of("-t", Integer.toString(LOOP_SECONDS), sub.toString()));
        return arguments;
    }

    private static List<String> h264(int fps, String bitrate) {
        return List.of(
                "-c:v",
                "libopenh264",
                "-pix_fmt",
                "yuv420p",
                "-b:v",
                bitrate,
                "-allow_skip_frames",
                "0",
                "-g",
                Integer.toString(2 * fps));
    }

    /// Distant traffic: low noise that swells and fades.
    private static String ambience() {
        return "anoisesrc=color=brown:amplitude=0.25:seed=7:sample_rate=16000,"
                + "lowpass=f=500,tremolo=f=0.25:d=0.5,aformat=channel_layouts=mono";
    }

    /// Paints one picture of 1280x720.
    ///
    /// @param part of the loop that has passed, 0..1
    public void paint(BufferedImage into, double part) {
        double dusk = dusk(part);
        Graphics2D graphics = graphicsOf(into);
        graphics.drawImage(still, 0, 0, null);
        var canvas = new Canvas(graphics, variant.camera, dusk);
        if (dusk > 0.02) {
            backdrop.groundLights(canvas);
            movers.forEach(mover -> MoverPainter.beam(canvas, mover, mover.yAt(part)));
        }
        backdrop.paintLamps(canvas);
        for (Drawn drawn : sorted(canvas, part)) {
            drawn.draw.run();
        }
        darken(graphics, dusk);
        if (dusk > 0.02) {
            backdrop.lamps(canvas);
            for (Mover mover : movers) {
                MoverPainter.lights(canvas, mover, mover.yAt(part));
            }
        }
        caption(graphics, part);
        graphics.dispose();
    }

    /// Far things first.
    private List<Drawn> sorted(Canvas canvas, double part) {
        var drawn = new ArrayList<Drawn>();
        GroundCamera camera = variant.camera;
        for (Mover mover : movers) {
            double y = mover.yAt(part);
            drawn.add(
                    new Drawn(
                            camera.depth(mover.xM(), y, 0.8),
                            () -> MoverPainter.paint(canvas, mover, y, part)));
        }
        for (Backdrop.Tree tree : backdrop.trees()) {
            drawn.add(
                    new Drawn(
                            camera.depth(tree.x(), tree.y(), 0.8),
                            () -> backdrop.paintTree(canvas, tree)));
        }
        drawn.removeIf(one -> one.depth < 1);
        drawn.sort(Comparator.comparingDouble(Drawn::depth).reversed());
        return drawn;
    }

    /// Bright for the first third, dark around three quarters, bright again when the loop ends.
    private static double dusk(double part) {
        double wave = 0.5 - 0.5 * Math.cos(2 * Math.PI * (part - 0.22));
        return Math.clamp((wave - 0.25) / 0.7, 0, 1);
    }

    private static void darken(Graphics2D graphics, double dusk) {
        if (dusk <= 0) {
            return;
        }
        graphics.setPaint(
                new GradientPaint(
                        0,
                        0,
                        new Color(20, 22, 60, (int) (190 * dusk)),
                        0,
                        HEIGHT_PX * 0.42f,
                        new Color(70, 36, 40, (int) (130 * dusk))));
        graphics.fillRect(0, 0, WIDTH_PX, (int) (HEIGHT_PX * 0.42));
        graphics.setPaint(
                new GradientPaint(
                        0,
                        HEIGHT_PX * 0.42f,
                        new Color(70, 36, 40, (int) (130 * dusk)),
                        0,
                        HEIGHT_PX * 0.6f,
                        new Color(10, 14, 40, (int) (165 * dusk))));
        graphics.fillRect(0, (int) (HEIGHT_PX * 0.42), WIDTH_PX, HEIGHT_PX);
    }

    private void caption(Graphics2D graphics, double part) {
        String clock = AFTERNOON.plusSeconds((long) (part * LOOP_SECONDS)).format(CLOCK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 26));
        write(graphics, variant.name, 24, 42);
        write(graphics, "SIMULASI  " + clock, WIDTH_PX - 300, 42);
    }

    private static void write(Graphics2D graphics, String text, int x, int y) {
        graphics.setColor(new Color(0, 0, 0, 150));
        graphics.drawString(text, x + 2, y + 2);
        graphics.setColor(Color.WHITE);
        graphics.drawString(text, x, y);
    }

    private static Graphics2D graphicsOf(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return graphics;
    }
}
