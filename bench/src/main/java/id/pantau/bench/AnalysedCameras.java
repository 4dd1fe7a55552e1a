package id.pantau.bench;

import id.pantau.vision.SimulatedClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// What the cameras of the analysis' benchmarks show: clips of the samples, as they are and small
/// (640 pixels wide, 5 pictures a second), and for quiet cameras one picture of each with the noise
/// of a sensor.
final class AnalysedCameras {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> BUSY =
            List.of(
                    "car-detection.mp4",
                    "one-by-one-person-detection.mp4",
                    "motorcycles-pontianak.mp4",
                    "suburban-road-cars-pickup.mp4");

    private AnalysedCameras() {}

    /// @return each a main and a sub stream, as [SimulatedCameras] wants them
    static List<String> busy(Path samples) throws IOException, InterruptedException {
        var clips = new ArrayList<String>();
        for (String name : BUSY) {
            clips.add(pair(samples.resolve("video").resolve(name)));
        }
        return clips;
    }

    static List<String> quiet(Path samples) throws IOException, InterruptedException {
        var clips = new ArrayList<String>();
        for (String name : BUSY) {
            clips.add(pair(still(samples.resolve("video").resolve(name))));
        }
        return clips;
    }

    private static String pair(Path file) throws IOException, InterruptedException {
        var clip = SimulatedClip.prepare(Clips.ffmpeg(), file, Repository.work(), true);
        return clip.main() + "|" + clip.sub();
    }

    private static Path still(Path file) throws IOException, InterruptedException {
        Path target = Repository.work().resolve("still-" + file.getFileName());
        if (Files.exists(target)) {
            return target;
        }
        Path part = target.resolveSibling("part-" + target.getFileName());
        Clips.ffmpeg()
                .require(
                        List.of(
                                "-i",
                                file.toString(),
                                "-vf",
                                "select=eq(n\\,5),loop=loop=750:size=1,setpts=N/25/TB,"
                                        + "noise=alls=6:allf=t,format=yuv420p",
                                "-r",
                                "25",
                                "-an",
                                "-c:v",
                                "libopenh264",
                                "-b:v",
                                "2000k",
                                "-g",
                                "50",
                                "-allow_skip_frames",
                                "0",
                                part.toString()),
                        PATIENCE);
        return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Adds cameras that are recorded, and analysed on their sub streams.
    ///
    /// @param vision of a camera, from 1
    static void add(
            ServerProcess server,
            SimulatedCameras cameras,
            int count,
            IntFunction<Map<String, Object>> vision)
            throws IOException, InterruptedException {
        for (int i = 1; i <= count; i++) {
            server.addCamera("cam" + i, cameras.url(i));
            server.patch(
                    "/api/v1/cameras/cam" + i,
                    Map.of(
                            "sub",
                            Map.of("url", cameras.url(i) + "/sub"),
                            "vision",
                            vision.apply(i)));
        }
    }
}
