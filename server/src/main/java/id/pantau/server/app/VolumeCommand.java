package id.pantau.server.app;

import id.pantau.server.recording.Recording;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pantau volume`: disks for recordings.
@Command(
        name = "volume",
        description = "Prepare a disk for recordings.",
        footer =
                "%nName the directory afterwards with PANTAU_RECORDING_VOLUME (docs/reference/settings.md).")
final class VolumeCommand implements Runnable {
    @Mixin private HomeOption home = new HomeOption();
    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command: create.");
    }

    @Command(
            name = "create",
            description =
                    "Make an empty directory, usually a mounted disk, a place for recordings.")
    int create(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "DIR", description = "The directory; mounted already.")
                    Path directory) {
        Path volume = directory.toAbsolutePath().normalize();
        try {
            String id = Recording.createVolume(volume, Clock.systemUTC());
            FileStore store = Files.getFileStore(volume);
            spec.commandLine()
                    .getOut()
                    .println(
                            "%s is volume %s: %d MiB free on %s (%s)"
                                    .formatted(
                                            volume,
                                            id,
                                            store.getUsableSpace() >> 20,
                                            store.name(),
                                            store.type()));
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "no volume was created: " + e.getMessage());
        }
    }
}
