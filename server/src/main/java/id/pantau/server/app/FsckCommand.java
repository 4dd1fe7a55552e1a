package id.pantau.server.app;

import id.pantau.server.recording.FsckFinding;
import id.pantau.server.recording.FsckReport;
import id.pantau.server.settings.HomeLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pantau fsck`: compares the index with the files.
@Command(
        name = "fsck",
        description = "Check that every recorded file is in the index and every row has its file.",
        footer = "%nRuns while the server is down. Ends with 0 only when everything is in order.")
final class FsckCommand implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Option(names = "--rebuild", description = "Make the index anew from the files alone.")
    private boolean rebuild;

    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Settings settings = home.settings();
        if (!rebuild && isEmpty(settings.home().path())) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "the home %s is empty; name another with --home"
                            .formatted(settings.home().path()));
        }
        Optional<HomeLock> acquired = HomeLock.tryAcquire(settings.home());
        if (acquired.isEmpty()) {
            throw new HomeInUseException(settings.home());
        }
        try (HomeLock _ = acquired.get()) {
            return print(OfflineFsck.run(settings, rebuild));
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private int print(FsckReport report) {
        PrintWriter out = spec.commandLine().getOut();
        report.repaired().forEach(line -> out.println("repaired: " + line));
        for (FsckFinding finding : report.findings()) {
            out.println("%s %s: %s".formatted(finding.kind(), finding.where(), finding.detail()));
        }
        out.println(
                "%s, %s, %s: %s"
                        .formatted(
                                count(report.volumes(), "volume"),
                                count(report.files(), "file"),
                                count(report.rows(), "row"),
                                report.clean()
                                        ? "clean"
                                        : count(report.findings().size(), "finding")));
        return report.clean() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private static String count(long number, String noun) {
        return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
    }
}
