package id.pantau.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import id.pantau.vision.Frame;
import id.pantau.vision.decode.VideoFile;
import id.pantau.vision.detect.CocoLabels;
import id.pantau.vision.detect.DetectionModel;
import id.pantau.vision.detect.Detector;
import id.pantau.vision.detect.ModelCatalogue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// From a decoded frame to boxes by YOLOX-nano at 416x416, beside the bare inference of the same
/// model in the same run, on one thread and on two.
final class Detect implements Benchmark {
    private static final String MODEL = "yolox_nano.onnx";
    private static final int FRAMES = 16;

    @Override
    public String name() {
        return "detect";
    }

    @Override
    public String about() {
        return "frame to boxes by YOLOX-nano 416, beside its bare inference";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path file = Accuracy.models().getLast().resolve(MODEL);
        if (!Files.exists(file)) {
            throw new IllegalStateException("there is no model " + file);
        }
        List<Frame> frames = frames();
        long roundNanos = length.toNanos() / 8;
        var report = new Report(name()).setting("model", MODEL);
        try (var model = DetectionModel.load(file, ModelCatalogue.describe(file).orElseThrow());
                var options = options();
                var session =
                        OrtEnvironment.getEnvironment().createSession(file.toString(), options)) {
            one(model, session, frames, roundNanos); // warm
            One one = one(model, session, frames, 2 * roundNanos);
            report.figure("bare inference, one thread, median", one.bareMs(), "ms")
                    .figure("frame to boxes, one thread, median", one.detectMs(), "ms")
                    .atMost("ratio", one.detectMs() / one.bareMs(), "", 1.25);
            double bare = rate(2, roundNanos, () -> bareLoop(session, roundNanos));
            double detect = rate(2, roundNanos, () -> detectLoop(model, frames, roundNanos));
            report.figure("bare inferences, two threads", bare, "/s")
                    .figure("frames to boxes, two threads", detect, "/s")
                    .atMost("ratio of times, two threads", bare / detect, "", 1.25);
        }
        return report;
    }

    /// How long a look takes: a decoded frame to boxes, on one thread that does nothing else.
    ///
    /// @return the median of those in that time, in milliseconds
    static double lookMs(Path file, Duration length) throws Exception {
        List<Frame> frames = frames();
        var looks = new ArrayList<Double>();
        try (var model = DetectionModel.load(file, ModelCatalogue.describe(file).orElseThrow());
                var detector = new Detector(model)) {
            long end = System.nanoTime() + length.toNanos();
            for (int i = 0; System.nanoTime() < end; i++) {
                long begin = System.nanoTime();
                detector.detect(frames.get(i % frames.size()), CocoLabels.ROAD, 0.1);
                looks.add((System.nanoTime() - begin) / 1e6);
            }
        }
        return median(looks);
    }

    private static OrtSession.SessionOptions options() throws OrtException {
        var options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        return options;
    }

    private static List<Frame> frames() throws Exception {
        var frames = new ArrayList<Frame>();
        Path clip = Accuracy.samples().resolve("video/street-cars-cyclist.mp4");
        try (VideoFile video = VideoFile.open(clip)) {
            for (VideoFile.TimedFrame next;
                    frames.size() < FRAMES && (next = video.next()) != null; ) {
                frames.add(next.frame().copy());
            }
        }
        return frames;
    }

    private record One(double bareMs, double detectMs) {}

    /// By turns, so that both have the same neighbours.
    private static One one(DetectionModel model, OrtSession session, List<Frame> frames, long nanos)
            throws Exception {
        var bare = new ArrayList<Double>();
        var detect = new ArrayList<Double>();
        try (var detector = new Detector(model);
                OnnxTensor input = input()) {
            long end = System.nanoTime() + nanos;
            for (int i = 0; System.nanoTime() < end; i++) {
                long begin = System.nanoTime();
                infer(session, input);
                long middle = System.nanoTime();
                detector.detect(frames.get(i % frames.size()), CocoLabels.ROAD, 0.1);
                long last = System.nanoTime();
                bare.add((middle - begin) / 1e6);
                detect.add((last - middle) / 1e6);
            }
        }
        return new One(median(bare), median(detect));
    }

    private static OnnxTensor input() throws OrtException {
        var values =
                ByteBuffer.allocateDirect(3 * 416 * 416 * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        return OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), values, new long[] {1, 3, 416, 416});
    }

    private static void infer(OrtSession session, OnnxTensor input) throws OrtException {
        session.run(Map.of(session.getInputNames().iterator().next(), input)).close();
    }

    private static int bareLoop(OrtSession session, long nanos) throws OrtException {
        int count = 0;
        try (OnnxTensor input = input()) {
            for (long end = System.nanoTime() + nanos; System.nanoTime() < end; count++) {
                infer(session, input);
            }
        }
        return count;
    }

    private static int detectLoop(DetectionModel model, List<Frame> frames, long nanos)
            throws Exception {
        int count = 0;
        try (var detector = new Detector(model)) {
            for (long end = System.nanoTime() + nanos; System.nanoTime() < end; count++) {
                detector.detect(frames.get(count % frames.size()), CocoLabels.ROAD, 0.1);
            }
        }
        return count;
    }

    private static double rate(int threads, long nanos, Callable<Integer> loop) throws Exception {
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<Integer>>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(loop));
            }
            int count = 0;
            for (Future<Integer> one : running) {
                count += one.get();
            }
            return count / (nanos / 1e9);
        }
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }
}
