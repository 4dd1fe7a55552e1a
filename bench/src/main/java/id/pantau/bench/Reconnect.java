package id.pantau.bench;

import id.pantau.testkit.ConnectCount;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// 32 cameras drop at once and return, again and again: how long until all record, how many
/// connects at once as the cameras themselves see it, and whether memory stays flat.
final class Reconnect implements Benchmark {
    private static final int CAMERAS = 32;
    private static final int CONNECT_CAP = 8;
    private static final double MIB = 1 << 20;

    private static final double MOST_MEBIBYTES = 550;

    /// The heap first grows into what it may use; what is asked is whether memory goes on growing.
    private static final int WARM_UP_SHARE = 3;

    @Override
    public String name() {
        return "reconnect";
    }

    @Override
    public String about() {
        return "32 cameras drop at once and return, repeatedly";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofMinutes(30);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path work = Scratch.empty("reconnect");
        var rounds = new Rounds();
        ConnectCount.Figures connects;
        try (var cameras = SimulatedCameras.start(CAMERAS, Clips.small());
                var server = ServerProcess.start(work.resolve("home"), List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            for (int i = 1; i <= CAMERAS; i++) {
                server.addCamera("cam" + i, cameras.url(i));
            }
            server.awaitRecording(CAMERAS, Duration.ofSeconds(120));
            Instant begin = Instant.now();
            Instant warm = begin.plus(length.dividedBy(WARM_UP_SHARE));
            while (Instant.now().isBefore(begin.plus(length)) || rounds.count == 0) {
                rounds.once(cameras, server, warm);
            }
            connects = cameras.connects();
        }
        return new Report(name())
                .setting("cameras", CAMERAS)
                .setting("rounds", rounds.count)
                .atMost("slowest return of all 32", rounds.slowestReturnS, "s", 30)
                .atMost("cameras said to record while away", rounds.mostWhileAway, "", 0)
                .atMost("connects at once, seen by cameras", connects.most(), "", CONNECT_CAP)
                .figure("connects altogether", connects.connects(), "")
                .figure("resident after the first round", rounds.firstMebibytes, "MiB")
                .figure("resident after a third of the time", rounds.warmMebibytes, "MiB")
                .figure("resident after the last round", rounds.lastMebibytes, "MiB")
                .atMost("most resident", rounds.mostMebibytes, "MiB", MOST_MEBIBYTES)
                .atMost(
                        "growth since the first round",
                        rounds.lastMebibytes - rounds.firstMebibytes,
                        "MiB",
                        64)
                .atMost(
                        "growth in the last two thirds",
                        rounds.lastMebibytes - rounds.warmMebibytes,
                        "MiB",
                        16);
    }

    /// What the rounds so far have shown.
    private static final class Rounds {
        private int count;
        private double slowestReturnS;
        private int mostWhileAway;
        private double firstMebibytes;
        private double warmMebibytes;
        private double lastMebibytes;
        private double mostMebibytes;

        void once(SimulatedCameras cameras, ServerProcess server, Instant warm) throws Exception {
            cameras.drop();
            TimeUnit.SECONDS.sleep(10);
            mostWhileAway = Math.max(mostWhileAway, server.recording());
            cameras.comeBack();
            Instant back = Instant.now();
            server.awaitRecording(CAMERAS, Duration.ofSeconds(120));
            double returnS = Duration.between(back, Instant.now()).toMillis() / 1e3;
            slowestReturnS = Math.max(slowestReturnS, returnS);
            TimeUnit.SECONDS.sleep(20);
            count++;
            lastMebibytes = ProcessUsage.of(server.pid()).residentBytes() / MIB;
            firstMebibytes = count == 1 ? lastMebibytes : firstMebibytes;
            boolean cold = count == 1 || Instant.now().isBefore(warm);
            warmMebibytes = cold ? lastMebibytes : warmMebibytes;
            mostMebibytes = Math.max(mostMebibytes, lastMebibytes);
            System.out.printf(
                    "round %d: all back after %.1f s, at most %d connects at once, %.0f MiB resident%n",
                    count, returnS, cameras.connects().most(), lastMebibytes);
        }
    }
}
