package id.pantau.server.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

/// `pantau version`.
@Command(name = "version", description = "Print the version of Pantau and of Java.")
final class VersionCommand implements Callable<Integer>, CommandLine.IVersionProvider {
    @Mixin private HomeOption home = new HomeOption();
    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        for (String line : getVersion()) {
            spec.commandLine().getOut().println(line);
        }
        return ExitCode.OK;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Pantau " + version(), "Java " + Runtime.version()};
    }

    /// As in the jar's manifest.
    static String version() {
        String version = Pantau.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
