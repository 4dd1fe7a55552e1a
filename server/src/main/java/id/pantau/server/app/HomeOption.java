package id.pantau.server.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--home DIR` and `--help`, which every command takes.
final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Directory of all data (default: $PANTAU_HOME, else ./data).")
    private @Nullable Path home;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;

    /// @throws InvalidSettingsException naming what cannot be used
    Settings settings() {
        return SettingsLoader.load(home, System.getenv());
    }
}
