package id.pantau.vision.worker;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/// A worker that tests start: the real one, but URLs of the kind `crash:` kill it in native code,
/// and `wait:` does nothing for as long as it is wanted.
final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) throws IOException {
        JobServer.Work real = VisionWorker.work();
        VisionWorker.serve(
                Path.of(arguments[0]), (request, connection) -> work(request, connection, real));
    }

    private static void work(JobRequest request, JobConnection connection, JobServer.Work real)
            throws IOException {
        String url = request instanceof PullRequest pull ? pull.url() : "";
        if (url.startsWith("crash:")) {
            System.out.println(new BytePointer(new Nowhere()).get(0));
        }
        while (url.startsWith("wait:") && connection.isWanted()) {
            connection.sleep(1_000_000_000);
        }
        real.run(request, connection);
    }

    private static final class Nowhere extends Pointer {
        Nowhere() {
            super((Pointer) null);
            this.address = 8;
        }
    }
}
