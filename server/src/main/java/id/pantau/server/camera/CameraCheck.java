package id.pantau.server.camera;

import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import id.pantau.server.onvif.OnvifException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Examines one camera: both streams and, where it has ONVIF, the device, side by side.
final class CameraCheck {
    /// The contract's 20 s. Streams keep to it by themselves; a slow device is given up.
    private static final Duration PATIENCE = Duration.ofMillis(19_500);

    private final CameraStreams streams;
    private final CameraDevices devices;

    CameraCheck(CameraStreams streams, CameraDevices devices) {
        this.streams = streams;
        this.devices = devices;
    }

    /// Takes up to 20 s.
    ///
    /// @throws CameraException OFF when the camera is switched off, or was changed meanwhile
    Map<CameraPart, List<Finding>> run(Camera camera) throws InterruptedException {
        if (!camera.enabled()) {
            throw CameraException.off(camera.id());
        }
        ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            var main = looks.submit(() -> look(camera, StreamName.MAIN));
            var sub = looks.submit(() -> look(camera, StreamName.SUB));
            var device = looks.submit(asked(camera));
            StreamCheck.Seen seenMain = of(camera, main.get());
            Optional<StreamCheck.Seen> seenSub =
                    camera.sub() == null ? Optional.empty() : Optional.of(of(camera, sub.get()));
            return together(
                    seenMain, seenSub.orElse(null), answered(device, deadline, camera.id()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a look at camera " + camera.id() + " failed", e);
        } finally {
            looks.shutdownNow(); // and its threads end by themselves: sockets are closed
        }
    }

    private Optional<StreamCheck.Seen> look(Camera camera, StreamName stream)
            throws InterruptedException {
        StreamSource source = camera.source(stream).orElse(null);
        return source == null
                ? Optional.empty()
                : new StreamCheck(streams, camera.id(), stream, source).run();
    }

    private static StreamCheck.Seen of(Camera camera, Optional<StreamCheck.Seen> seen) {
        return seen.orElseThrow(() -> CameraException.off(camera.id()));
    }

    private Callable<List<Finding>> asked(Camera camera) {
        return () -> {
            if (camera.onvif() == null) {
                return List.of();
            }
            try {
                return devices.examine(camera.id()).stream().map(DeviceFindings::of).toList();
            } catch (OnvifException e) {
                return List.of(DeviceFindings.away(e));
            }
        };
    }

    private static List<Finding> answered(
            Future<List<Finding>> device, long deadlineNanos, CameraId camera)
            throws InterruptedException, ExecutionException {
        try {
            return device.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            device.cancel(true);
            return List.of(
                    DeviceFindings.away(
                            new OnvifException(
                                    OnvifException.Category.TIMEOUT,
                                    "Camera %s did not answer over ONVIF in time."
                                            .formatted(camera))));
        }
    }

    private static Map<CameraPart, List<Finding>> together(
            StreamCheck.Seen main, StreamCheck.@Nullable Seen sub, List<Finding> device) {
        boolean told = device.stream().anyMatch(one -> one.code().equals("onvif.clockOffset"));
        var parts = new LinkedHashMap<CameraPart, List<Finding>>();
        var ofMain = new ArrayList<>(main.findings());
        if (told) {
            ofMain.removeIf(CameraCheck::isAboutClock); // the device said it better
        }
        parts.put(CameraPart.MAIN, List.copyOf(ofMain));
        var ofSub = new ArrayList<Finding>();
        if (sub != null) {
            ofSub.addAll(sub.findings());
            ofSub.removeIf(CameraCheck::isAboutClock); // the main stream's is the same clock
            ofSub.removeIf(finding -> finding.code().equals("audio.none")); // a grid is silent
        }
        comparison(main.format(), sub).ifPresent(ofSub::add);
        parts.put(CameraPart.SUB, List.copyOf(ofSub));
        parts.put(CameraPart.DEVICE, device);
        return parts;
    }

    private static boolean isAboutClock(Finding finding) {
        return finding.code().equals("clock.offset");
    }

    private static Optional<Finding> comparison(
            @Nullable StreamFormat main, StreamCheck.@Nullable Seen sub) {
        if (main == null || main.video() == null) {
            return Optional.empty();
        }
        if (sub == null) {
            return Optional.of(
                    new Finding(
                            "sub.none",
                            Finding.Severity.INFO,
                            "The camera has no sub stream here, so that the grid shows its main"
                                    + " stream; give it the camera's small one.",
                            Map.of()));
        }
        VideoFormat large = main.video();
        VideoFormat small = sub.format() == null ? null : sub.format().video();
        if (small == null || pixels(small) < pixels(large)) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        "sub.notSmaller",
                        Finding.Severity.WARNING,
                        "The sub stream has %dx%d, no less than the main stream; set it to about 640x360 so"
                                        .formatted(small.widthPx(), small.heightPx())
                                + " that a grid of many cameras plays smoothly.",
                        Map.of("size", "%d×%d".formatted(small.widthPx(), small.heightPx()))));
    }

    private static long pixels(VideoFormat video) {
        return (long) video.widthPx() * video.heightPx();
    }
}
