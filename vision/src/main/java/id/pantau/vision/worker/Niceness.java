package id.pantau.vision.worker;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/// Puts a thread behind others of the machine: nothing in this process may take the processor from
/// what is recorded, and among themselves they fall behind in a fixed order. JVM priorities would
/// do nothing on Linux.
final class Niceness {
    /// `PRIO_PROCESS` (sys/resource.h); on Linux, with 0, it means the calling thread.
    private static final int PRIO_PROCESS = 0;

    /// What is encoded anew for a browser is the first to wait.
    static final int TRANSCODE = 10;

    /// Then what a detector would look at.
    static final int DETECTION = 7;

    /// Then motion.
    static final int MOTION = 4;

    private Niceness() {}

    /// Lowers the calling thread; leaves it as it is where the system has no such call.
    ///
    /// @param niceness 0 for none, to 19
    static void lower(int niceness) {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup()
                .find("setpriority")
                .map(address ->
                        linker.downcallHandle(
                                address,
                                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)))
                .ifPresent(call -> {
                    try {
                        int unused = (int) call.invokeExact(PRIO_PROCESS, 0, niceness);
                    } catch (Throwable e) {
                        throw new AssertionError("the binding of setpriority", e);
                    }
                });
    }
}
