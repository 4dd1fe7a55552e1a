package id.pantau.vision.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How the worker is started.
///
/// @param program what makes a JVM call [VisionWorker#serve], without the JVM itself; the socket is
///   put behind it
public record WorkerCommand(List<String> program) {
    /// Small: media only passes through, and the heap is not where FFmpeg keeps it. JavaCPP must
    /// not take what FFmpeg allocates for the heap's, nor free what is freed here already. Without
    /// a core file: it would hold passwords.
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xms16m",
                    "-Xmx128m",
                    "-XX:MaxDirectMemorySize=64m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:-CreateCoredumpOnCrash",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dorg.bytedeco.javacpp.maxBytes=0",
                    "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                    "-Dorg.bytedeco.javacpp.nopointergc=true");

    public WorkerCommand {
        program = List.copyOf(program);
    }

    /// By the class path and JVM of this process.
    ///
    /// @param mainClass calls [VisionWorker#serve] with its last argument
    /// @param arguments before the socket
    public static WorkerCommand ofClassPath(String mainClass, List<String> arguments) {
        var program = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path")));
        program.add(mainClass);
        program.addAll(arguments);
        return new WorkerCommand(program);
    }

    List<String> line(WorkerFolder folder) {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(JVM_OPTIONS);
        line.add("-XX:ErrorFile=" + folder.crashReports());
        line.addAll(program);
        line.add(folder.socket().toString());
        return line;
    }
}
