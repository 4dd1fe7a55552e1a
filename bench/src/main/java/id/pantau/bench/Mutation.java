package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every parser that is fed by the network under random damage: the `*MutationTest` classes of
/// `media` and then of `server` at full length, eight families at a time, each in a process of its
/// own with a small heap. They hold each input to its bounds of time and of allocated bytes; what
/// they find ends their family and stands on the terminal with the input that did it.
final class Mutation implements Benchmark {
    private static final JsonMapper JSON = new JsonMapper();

    /// In `media`: amf audio dtls feedback flv hls mp4 nal offer rtcp rtmp rtp rtsp sdp srtp stun;
    /// in `server`: discovery http soap.
    private static final int FAMILIES = 19;

    /// With sixteen on two cores an input waited up to 13 s for its turn, half of what a hang is.
    private static final int AT_ONCE = 8;

    @Override
    public String name() {
        return "mutation";
    }

    @Override
    public String about() {
        return "damaged input for every parser fed by the network";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path work = Scratch.empty("mutation");
        int status =
                new ProcessBuilder(command(length, work))
                        .directory(Repository.root().toFile())
                        .inheritIO()
                        .start()
                        .waitFor();
        var report = new Report(name()).setting("seconds", length.toSeconds());
        long total = 0;
        int parsers = 0;
        int findings = 0;
        List<JsonNode> families = families(work);
        for (JsonNode family : families) {
            String name = family.get("family").asString();
            report.setting("seed of " + name, family.get("seed").asLong());
            report.figure(name + ": inputs", family.get("mutations").asLong(), "");
            report.figure(name + ": CPU", family.get("cpuSeconds").asDouble(), "s");
            report.figure(
                    name + ": most allocated for one",
                    family.get("mostBytes").asDouble() / 1024,
                    "KiB");
            report.figure(name + ": slowest", family.get("slowestMs").asLong(), "ms");
            total += family.get("mutations").asLong();
            parsers += family.get("parsers").asInt();
            findings += family.get("finding").asString().equals("null") ? 0 : 1;
        }
        report.figure("inputs", total, "");
        report.figure("parsers", parsers, "");
        report.atLeast("families that ran", families.size(), "", FAMILIES);
        report.atMost("findings", findings, "", 0);
        return report.atMost("status of the tests", status, "", 0);
    }

    private static List<String> command(Duration length, Path work) {
        return List.of(
                "mvn",
                "-B",
                "-ntp",
                "-q",
                "-Dquick",
                "-Dno-ui",
                "-pl",
                "server",
                "-am",
                "test",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dtest=*MutationTest",
                "-DforkCount=" + AT_ONCE,
                "-Dtest.jvm=-Xmx192m -XX:+UseSerialGC",
                "-Dpantau.mutation.seconds=" + length.toSeconds(),
                "-Dpantau.mutation.report=" + work);
    }

    private static List<JsonNode> families(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Mutation::read)
                    .toList();
        }
    }

    private static JsonNode read(Path file) {
        return JSON.readTree(file.toFile());
    }
}
