package id.pantau.server.app;

import id.pantau.server.database.DatabaseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/// The program's entry: one command of a few, each a class beside this one.
@Command(
        name = "pantau",
        description = "Records, watches and understands CCTV.",
        versionProvider = VersionCommand.class,
        subcommands = {
            UpCommand.class,
            FsckCommand.class,
            AnalyseCommand.class,
            DoctorCommand.class,
            ModelCheckCommand.class,
            ModelsCommand.class,
            SimulateCommand.class,
            UserCommand.class,
            VolumeCommand.class,
            VersionCommand.class,
            RemoteWorkerCommand.class,
            VisionWorkerCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:done, and something is wrong (fsck: findings; doctor: it harms recordings)",
            "2:wrong arguments",
            "3:settings that cannot be used",
            "4:another server uses this home",
            "5:it could not be done; the message says why",
            "6:the camera cannot be played (doctor)"
        })
public final class Pantau implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and end.")
    private boolean version;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private Pantau() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        System.exit(commandLine(out, err).execute(args));
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Pantau())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(Pantau::explain);
    }

    /// Without a command: how to use the program.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        return switch (failure) {
            case CommandFailedException known -> say(command, text(known), known.exitCode());
            case HomeInUseException inUse -> say(command, text(inUse), ExitCode.IN_USE);
            case InvalidSettingsException settings ->
                    say(command, text(settings), ExitCode.SETTINGS);
            case DatabaseException database -> say(command, text(database), ExitCode.FAILED);
            case FileSystemException file -> say(command, file.toString(), ExitCode.FAILED);
            case IOException io -> say(command, text(io), ExitCode.FAILED);
            default -> {
                failure.printStackTrace(command.getErr());
                yield ExitCode.FAILED;
            }
        };
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private static int say(CommandLine command, String message, int exitCode) {
        command.getErr().println("pantau: " + message);
        return exitCode;
    }
}
