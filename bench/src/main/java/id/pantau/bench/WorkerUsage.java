package id.pantau.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The worker process of a server.
final class WorkerUsage {
    private WorkerUsage() {}

    static OptionalLong pid(ServerProcess server) {
        return ProcessHandle.of(server.pid()).stream()
                .flatMap(ProcessHandle::children)
                .filter(child ->
                        child.info()
                                .commandLine()
                                .filter(line -> line.contains("vision-worker"))
                                .isPresent())
                .mapToLong(ProcessHandle::pid)
                .findFirst();
    }

    /// The server's process, and the worker's where there is one.
    static List<Long> pids(ServerProcess server) {
        var pids = new ArrayList<>(List.of(server.pid()));
        pid(server).ifPresent(pids::add);
        return pids;
    }

    /// @return CPU of server and worker in percent of one core, over so long a time
    static double percentOfCore(ServerProcess server, Duration length)
            throws IOException, InterruptedException {
        List<Long> pids = pids(server);
        ProcessUsage before = ProcessUsage.sum(pids);
        long begin = System.nanoTime();
        Thread.sleep(length);
        ProcessUsage after = ProcessUsage.sum(pids);
        return after.percentOfCoreSince(before, Duration.ofNanos(System.nanoTime() - begin));
    }
}
