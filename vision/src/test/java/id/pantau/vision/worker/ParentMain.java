package id.pantau.vision.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/// A server that tests kill: starts a worker with a job and prints its process id.
final class ParentMain {
    private ParentMain() {}

    public static void main(String[] arguments) throws Exception {
        var command = WorkerCommand.ofClassPath(WorkerMain.class.getName(), List.of());
        var worker =
                new WorkerProcess(command, Path.of(arguments[0]), RandomGenerator.getDefault());
        try (WorkerJob job = worker.open(PullRequest.of("wait:", null, null))) {
            System.out.println(worker.pid().orElseThrow());
            int _ = job.media().read(); // for ever
        }
    }
}
