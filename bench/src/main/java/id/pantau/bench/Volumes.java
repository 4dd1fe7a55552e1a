package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Eight cameras on a real file system of 64 MB: retention keeps it below its watermark without a
/// gap. Then everything happens to it that happens to disks, and live goes on. Needs root, for
/// mounting; where that is not allowed it says so and measures nothing.
final class Volumes implements Benchmark {
    private static final int CAMERAS = 8;
    private static final long MIB = 1 << 20;
    private static final Duration WINDOW = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "volumes";
    }

    @Override
    public String about() {
        return "a volume of 64 MB under 8 cameras, then full, read-only, pulled out, exchanged";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path work = Scratch.empty("volumes");
        var report = new Report(name()).setting("cameras", CAMERAS);
        LoopVolume disk;
        try {
            disk = LoopVolume.create(work.resolve("disk.img"), work.resolve("disk"), 64 * MIB);
        } catch (IOException e) {
            System.out.println(
                    "volumes: skipped, no file system can be mounted: " + e.getMessage());
            return report.setting("skipped", "no file system can be mounted");
        }
        try (disk) {
            measure(disk, work, length, report);
        }
        report.atMost("written to the empty mount point", Scratch.entries(disk.path()), "", 0);
        return report;
    }

    private static void measure(LoopVolume disk, Path work, Duration length, Report report)
            throws Exception {
        try (var cameras = SimulatedCameras.start(CAMERAS, Clips.tiny())) {
            int created = createVolume(disk.path(), work);
            report.atMost("volume create, exit status", created, "", 0);
            var place = Map.of("PANTAU_RECORDING_VOLUME", disk.path().toString());
            try (var server = ServerProcess.start(work.resolve("home"), List.of(), place)) {
                server.awaitReady(Duration.ofSeconds(120));
                for (int i = 1; i <= CAMERAS; i++) {
                    server.addCamera("cam" + i, cameras.url(i));
                }
                server.awaitRecording(CAMERAS, Duration.ofSeconds(60));
                new Endurance(server, disk).run(length, report);
                new Mishaps(server, disk, CAMERAS).run(work, report);
            }
            report.atMost("fsck", new RecordingIndex(work.resolve("home")).fsck(false), "", 0);
            Decoding.Outcome decoding = Decoding.of(disk.path());
            report.figure("files in the end", decoding.files(), "");
            report.atMost("files ffmpeg cannot decode", decoding.bad(), "", 0);
        }
    }

    private static int createVolume(Path directory, Path work)
            throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Repository.java(),
                        "-jar",
                        Repository.serverJar().toString(),
                        "volume",
                        "create",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("create.log").toFile())
                .start()
                .waitFor();
    }

    /// The quiet minutes.
    private static final class Endurance {
        private final ServerProcess server;
        private final LoopVolume disk;
        private long leastFree = Long.MAX_VALUE;
        private long leastAboveLow = Long.MAX_VALUE;
        private int gaps;
        private int notWell;

        Endurance(ServerProcess server, LoopVolume disk) {
            this.server = server;
            this.disk = disk;
        }

        void run(Duration length, Report report) throws Exception {
            Instant begin = Instant.now();
            Instant end = begin.plus(length);
            Instant from = begin;
            JsonNode volume = volume();
            for (int i = 0; Instant.now().isBefore(end); i++) {
                volume = i % 5 == 0 ? volume() : volume;
                look(volume);
                Instant until = Instant.now().minusSeconds(2);
                if (Duration.between(from, until).compareTo(WINDOW) > 0) {
                    gaps += gaps(from, until);
                    from = until;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
            gaps += gaps(from, Instant.now().minusSeconds(2));
            volume = volume();
            Instant oldest = Instant.parse(volume.path("oldest").asString(begin.toString()));
            double keptS = Duration.between(oldest, Instant.now()).toMillis() / 1e3;
            double mib = MIB;
            report.setting("seconds", length.toSeconds())
                    .figure("size of the file system", disk.totalBytes() / mib, "MiB")
                    .figure("written", volume.get("writeBytesPerS").asLong() / 1024.0, "KiB/s")
                    .figure("footage it holds", keptS, "s")
                    .atLeast("times it was filled", length.toMillis() / 1e3 / keptS, "", 2)
                    .figure("low watermark", low(volume) / mib, "MiB")
                    .figure("least free space", leastFree / mib, "MiB")
                    .atLeast("least free above the low watermark", leastAboveLow / mib, "MiB", 0)
                    .atMost("looks at which it was not well", notWell, "", 0)
                    .atMost("gaps, all cameras", gaps, "", 0);
        }

        private void look(JsonNode volume) throws IOException {
            long free = disk.freeBytes();
            leastFree = Math.min(leastFree, free);
            leastAboveLow = Math.min(leastAboveLow, free - low(volume));
            notWell += volume.get("state").asString().equals("ok") ? 0 : 1;
        }

        private static long low(JsonNode volume) {
            return volume.get("lowWatermarkBytes").asLong();
        }

        private JsonNode volume() throws Exception {
            return server.get("/api/v1/volumes").get(0);
        }

        private int gaps(Instant from, Instant until) throws Exception {
            int sum = 0;
            for (int i = 1; i <= CAMERAS; i++) {
                JsonNode coverage =
                        server.get(
                                "/api/v1/cameras/cam%d/coverage?from=%s&until=%s"
                                        .formatted(i, from, until));
                for (JsonNode gap : coverage.get("gaps")) {
                    System.out.printf("cam%d: %s%n", i, gap);
                    sum++;
                }
            }
            return sum;
        }
    }

    /// What happens to disks.
    private static final class Mishaps {
        private static final double ALARM_S = 10;
        private static final Duration HELD = Duration.ofSeconds(15);

        private final ServerProcess server;
        private final LoopVolume disk;
        private final int cameras;

        Mishaps(ServerProcess server, LoopVolume disk, int cameras) {
            this.server = server;
            this.disk = disk;
            this.cameras = cameras;
        }

        @FunctionalInterface
        private interface Step {
            void run() throws Exception;
        }

        void run(Path work, Report report) throws Exception {
            Path filler = disk.path().resolve("somebody-elses.bin");
            try (var refill = new Filler(filler)) {
                once("full", report, refill::start, () -> {}, refill::close);
            }
            once("read-only", report, disk::turnReadOnly, () -> {}, disk::repair);
            once(
                    "pulled out",
                    report,
                    disk::pullOut,
                    () ->
                            report.atMost(
                                    "pulled out: written to the mount point",
                                    Scratch.entries(disk.path()),
                                    "",
                                    0),
                    disk::mount);
            exchanged(work, report);
        }

        private void exchanged(Path work, Report report) throws Exception {
            disk.pullOut();
            var other = LoopVolume.create(work.resolve("other.img"), disk.path(), 16 * MIB);
            Files.writeString(
                    disk.path().resolve(".pantau-volume"),
                    "id=another\ncreated=2026-01-01T00:00:00Z\n");
            long before = Scratch.entries(disk.path());
            once(
                    "exchanged",
                    report,
                    () -> {},
                    () ->
                            report.atMost(
                                    "exchanged: written to the other volume",
                                    Scratch.entries(disk.path()) - before,
                                    "",
                                    0),
                    () -> {
                        other.pullOut();
                        disk.mount();
                    });
        }

        private void once(String what, Report report, Step begin, Step during, Step end)
                throws Exception {
            try (Viewer viewer =
                    Viewer.open(server.uri("/api/v1/cameras/cam1/live/main"), 1, server.token())) {
                Instant began = Instant.now();
                begin.run();
                double pausedS = await(began, () -> paused() == cameras && volumeAlarm());
                report.atMost(what + ": all paused, with alarm, after", pausedS, "s", ALARM_S);
                long seen = viewer.bytes();
                TimeUnit.MILLISECONDS.sleep(HELD.toMillis());
                double liveS = (viewer.bytes() - seen) / (Clips.TINY_BITS_PER_S / 8.0);
                report.atLeast(what + ": live went on for", liveS, "s", HELD.toSeconds() - 5);
                during.run();
                Instant healed = Instant.now();
                end.run();
                double backS = await(healed, () -> server.recording() == cameras && !volumeAlarm());
                report.atMost(what + ": all record again, no alarm, after", backS, "s", 30);
                report.atMost(
                        what + ": gaps with another cause", otherCauses(began, healed), "", 0);
                System.out.printf(
                        "%s: paused after %.1f s, live went on for %.1f s, back after %.1f s%n",
                        what, pausedS, liveS, backS);
            }
        }

        @FunctionalInterface
        private interface Condition {
            boolean holds() throws Exception;
        }

        /// @return seconds since `since`
        private static double await(Instant since, Condition condition) throws Exception {
            Instant deadline = Instant.now().plusSeconds(120);
            while (!condition.holds() && Instant.now().isBefore(deadline)) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return Duration.between(since, Instant.now()).toMillis() / 1e3;
        }

        private int paused() throws Exception {
            int paused = 0;
            for (JsonNode camera : server.get("/api/v1/cameras")) {
                JsonNode recording = camera.at("/state/recording");
                boolean is =
                        recording.get("state").asString().equals("paused")
                                && recording.get("cause").asString().equals("DISK");
                paused += is ? 1 : 0;
            }
            return paused;
        }

        private boolean volumeAlarm() throws Exception {
            for (JsonNode alarm : server.get("/api/v1/health").get("alarms")) {
                if (alarm.get("kind").asString().equals("volume")) {
                    return true;
                }
            }
            return false;
        }

        private int otherCauses(Instant from, Instant until) throws Exception {
            int others = 0;
            for (int i = 1; i <= cameras; i++) {
                JsonNode coverage =
                        server.get(
                                "/api/v1/cameras/cam%d/coverage?from=%s&until=%s"
                                        .formatted(i, from, until));
                for (JsonNode gap : coverage.get("gaps")) {
                    others += gap.get("cause").asString().equals("DISK") ? 0 : 1;
                }
            }
            return others;
        }
    }
}
