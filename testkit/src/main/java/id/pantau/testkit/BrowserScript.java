package id.pantau.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The scripts in `ui/e2e`, each of which drives a real Chromium.
public final class BrowserScript {
    private static final Path ROOT = Path.of(System.getProperty("pantau.root", ".."));

    private BrowserScript() {}

    /// Why no script can run on this machine, and what to do; empty when all is there.
    public static Optional<String> missing() {
        boolean chromium =
                System.getenv("PANTAU_CHROMIUM") != null
                        || Stream.of("chromium", "chromium-browser", "google-chrome")
                                .anyMatch(name -> Files.isExecutable(Path.of("/usr/bin", name)));
        if (!chromium) {
            return Optional.of("no Chromium on this machine: apt-get install chromium");
        }
        if (!Files.isDirectory(ROOT.resolve("ui/node_modules/playwright-core"))) {
            return Optional.of("ui/node_modules is missing: (cd ui && npm ci)");
        }
        return Optional.empty();
    }

    /// Runs one to its end; what it says is printed, too.
    ///
    /// @param name of the file: `browser.mjs`
    /// @return what it said
    /// @throws AssertionError with all it said when it ends with anything but 0
    public static String run(String name, String... arguments)
            throws IOException, InterruptedException {
        Process script = start(name, arguments);
        String said =
                new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        System.out.println(said);
        int status = script.waitFor();
        if (status != 0) {
            throw new AssertionError("%s ended with %d: %s".formatted(name, status, said));
        }
        return said;
    }

    /// Starts one that goes on until it is destroyed. Its error output joins its output.
    public static Process start(String name, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add("node");
        command.add(ROOT.resolve("ui/e2e").resolve(name).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
