package id.pantau.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// 100 WHEP readers of one stream of 2 Mbit/s. Reports what the server uses per reader and per
/// delivered Gbit/s, what was lost on loopback, and how long a reader waits for its first picture.
/// Server and readers are processes of their own; the server's is the media module alone.
final class Whep implements Benchmark {
    private static final int READERS = 100;
    private static final Duration JOINING = Duration.ofSeconds(8);

    @Override
    public String name() {
        return "whep";
    }

    @Override
    public String about() {
        return "100 WHEP readers of one stream of 2 Mbit/s";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path clip = Clips.camera2Mbit();
        Process server = java(WhepProcess.class, "-Xmx320m", clip.toString());
        try {
            BufferedReader said = server.inputReader();
            String url = "http://127.0.0.1:%s/whep".formatted(said.readLine());
            long seconds = length.plus(JOINING).plusSeconds(2).toSeconds();
            Process readers =
                    java(
                            WhepReaders.class,
                            "-Xmx512m",
                            url,
                            Integer.toString(READERS),
                            Long.toString(seconds));
            try {
                return measure(server, readers, length);
            } finally {
                readers.destroyForcibly();
            }
        } finally {
            server.destroyForcibly();
        }
    }

    private static Report measure(Process server, Process readers, Duration length)
            throws Exception {
        BufferedReader progress = readers.inputReader();
        expect(progress, "warm");
        expect(progress, "joined");
        TimeUnit.SECONDS.sleep(1);
        ProcessUsage before = ProcessUsage.of(server.pid());
        long[] sentBefore = ask(server);
        Instant start = Instant.now();
        TimeUnit.MILLISECONDS.sleep(length.toMillis());
        Duration wall = Duration.between(start, Instant.now());
        ProcessUsage after = ProcessUsage.of(server.pid());
        long[] sent = ask(server);
        double percent = after.percentOfCoreSince(before, wall);
        var firstFramesMs = new ArrayList<Double>();
        long missing = 0;
        long forged = 0;
        long opened = 0;
        double megabits = 0;
        for (int i = 0; i < READERS; i++) {
            String line = progress.readLine();
            if (line == null) {
                throw new IOException("the readers ended early");
            }
            long[] figures = numbers(line);
            firstFramesMs.add(figures[0] < 0 ? 1e6 : figures[0] / 1e3);
            megabits += figures[2] * 8 / 1e6 / length.plus(JOINING).toSeconds();
            missing += figures[3];
            opened += figures[4];
            forged += figures[5];
        }
        Collections.sort(firstFramesMs);
        double packetsPerS = (sent[0] - sentBefore[0]) * 1e3 / wall.toMillis();
        return new Report("whep")
                .setting("readers", READERS)
                .setting("seconds", length.toSeconds())
                .figure("delivered", megabits, "Mbit/s")
                .figure("packets sent", packetsPerS, "/s")
                .figure("packets opened and authenticated", opened, "")
                .figure("server CPU", percent, "% core")
                .figure("server CPU per reader", percent / READERS, "% core")
                .figure("server CPU per delivered Gbit/s", percent * 1e3 / megabits, "% core")
                .figure("of it in the kernel", 100 * after.kernelShareSince(before), "%")
                .figure("server memory", after.residentBytes() / 1e6, "MB")
                .figure("first picture, median", firstFramesMs.get(READERS / 2), "ms")
                .atMost("first picture, 95th of 100", firstFramesMs.get(94), "ms", 400)
                .atMost("packets lost", missing, "", 0)
                .atMost("packets not authentic", forged, "", 0)
                .atMost("access units dropped", sent[2], "", 0);
    }

    private static long[] ask(Process server) throws IOException {
        server.outputWriter().write("\n");
        server.outputWriter().flush();
        return numbers(server.inputReader().readLine());
    }

    private static long[] numbers(String line) {
        return Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private static void expect(BufferedReader progress, String word) throws IOException {
        String line = progress.readLine();
        if (!word.equals(line)) {
            throw new IOException("the readers said " + line);
        }
    }

    private static Process java(Class<?> main, String memory, String... arguments)
            throws IOException {
        var command =
                new ArrayList<String>(
                        List.of(
                                Repository.java(),
                                memory,
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
