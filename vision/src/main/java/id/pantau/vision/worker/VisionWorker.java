package id.pantau.vision.worker;

import java.io.IOException;
import java.nio.file.Path;

/// The child process: serves jobs on a Unix domain socket until its standard input ends, which it
/// does with the parent, however that dies.
public final class VisionWorker {
    private VisionWorker() {}

    /// @param arguments the socket, last
    public static void main(String[] arguments) throws IOException {
        serve(Path.of(arguments[arguments.length - 1]), false);
    }

    /// Returns only when it could not begin; ends the process otherwise.
    ///
    /// @param socket where to listen; must not exist
    /// @param hardware whether devices of this machine may decode what is analysed
    public static void serve(Path socket, boolean hardware) throws IOException {
        serve(socket, work(hardware));
    }

    /// What a worker does with its jobs.
    static JobServer.Work work() {
        return work(false);
    }

    private static JobServer.Work work(boolean hardware) {
        var means = AnalysisMeans.of(hardware);
        return (request, connection) -> work(request, connection, means);
    }

    private static void work(JobRequest request, JobConnection connection, AnalysisMeans means)
            throws IOException {
        switch (request) {
            case PullRequest pull -> PullJob.run(pull, connection);
            case TranscodeRequest transcode -> TranscodeJob.run(transcode, connection);
            case AnalyseRequest analyse -> AnalyseJob.run(analyse, connection, means);
            case StillRequest still -> StillJob.run(still, connection);
        }
    }

    static void serve(Path socket, JobServer.Work work) throws IOException {
        try (JobServer _ = JobServer.start(socket, work)) {
            System.out.println(WorkerProcess.READY);
            System.out.flush();
            awaitParentsEnd();
        } finally {
            // Not exit(): a job that hangs in native code must not keep the process.
            Runtime.getRuntime().halt(0);
        }
    }

    private static void awaitParentsEnd() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever sent
            }
        } catch (IOException _) {
            // the same as its end
        }
    }
}
