package id.pantau.vision.worker;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/// Puts a thread behind all others of the machine: what is made anew for a browser must not take
/// the processor from what is recorded, and falls behind first. JVM priorities would do nothing on
/// Linux.
final class Niceness {
    /// `PRIO_PROCESS` (sys/resource.h); on Linux, with 0, it means the calling thread.
    private static final int PRIO_PROCESS = 0;

    static final int LOW = 10;

    private Niceness() {}

    /// Lowers the calling thread; leaves it as it is where the system has no such call.
    static void lower() {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup()
                .find("setpriority")
                .map(address ->
                        linker.downcallHandle(
                                address,
                                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)))
                .ifPresent(call -> {
                    try {
                        int unused = (int) call.invokeExact(PRIO_PROCESS, 0, LOW);
                    } catch (Throwable e) {
                        throw new AssertionError("the binding of setpriority", e);
                    }
                });
    }
}
