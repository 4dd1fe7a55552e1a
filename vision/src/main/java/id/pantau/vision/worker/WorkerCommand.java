package id.pantau.vision.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the worker is started.
///
/// @param program what makes a JVM call [VisionWorker#serve], without the JVM itself; the socket is
///   put behind it
/// @param classPath given in the environment: ONNX Runtime overflows its stack over a command line
///   of many kilobytes; null where the program says it
public record WorkerCommand(List<String> program, @Nullable String classPath) {
    /// A picture of each analysed camera or two, and what is known of it; the heap is not where
    /// FFmpeg and ONNX Runtime keep theirs. Fully compiled: motion is Java. JavaCPP must not take
    /// what FFmpeg allocates for the heap's, nor free what is freed here already. Without a core
    /// file: it would hold passwords.
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xms16m",
                    "-Xmx512m",
                    "-XX:MaxDirectMemorySize=256m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:-CreateCoredumpOnCrash",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dorg.bytedeco.javacpp.maxBytes=0",
                    "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                    "-Dorg.bytedeco.javacpp.nopointergc=true");

    public WorkerCommand {
        program = List.copyOf(program);
    }

    /// With whatever class path the program names.
    public WorkerCommand(List<String> program) {
        this(program, null);
    }

    /// By the class path and JVM of this process.
    ///
    /// @param mainClass calls [VisionWorker#serve] with its last argument
    /// @param arguments before the socket
    public static WorkerCommand ofClassPath(String mainClass, List<String> arguments) {
        var program = new ArrayList<>(List.of(mainClass));
        program.addAll(arguments);
        return new WorkerCommand(program, System.getProperty("java.class.path"));
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
