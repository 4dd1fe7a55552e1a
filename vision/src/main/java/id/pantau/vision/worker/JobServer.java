package id.pantau.vision.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/// Takes connections and runs each as a job on a platform thread of its own, since a job spends its
/// life in native calls.
final class JobServer implements AutoCloseable {
    /// Far more than cameras that need FFmpeg; bounds what a fault of the server can do.
    private static final int MAX_JOBS = 256;

    /// Threads of jobs are named so, with the job's number: a crash report names the thread.
    static final String THREAD_PREFIX = "job-";

    /// What a job does.
    @FunctionalInterface
    interface Work {
        /// Blocks until the job is over; sends frames, [JobConnection#end] last.
        ///
        /// @throws IOException when the server does not want it any more
        void run(JobRequest request, JobConnection connection) throws IOException;
    }

    private final ServerSocketChannel listener;
    private final Work work;
    private final Semaphore places = new Semaphore(MAX_JOBS);

    private JobServer(ServerSocketChannel listener, Work work) {
        this.listener = listener;
        this.work = work;
    }

    static JobServer start(Path socket, Work work) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket), MAX_JOBS);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        var server = new JobServer(listener, work);
        Thread.ofPlatform().daemon().name("accept").start(server::accept);
        return server;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                if (places.tryAcquire()) {
                    Thread.ofPlatform().daemon().name("job").start(() -> serve(channel));
                } else {
                    channel.close();
                }
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            var numbered = WorkerProtocol.readRequest(Channels.newInputStream(channel));
            Thread.currentThread().setName(THREAD_PREFIX + numbered.number());
            JobRequest request = numbered.request();
            try (JobConnection connection =
                    switch (request) {
                        case PullRequest _ -> JobConnection.watched(channel);
                        case TranscodeRequest _, AnalyseRequest _, StillRequest _ ->
                                JobConnection.fed(channel);
                    }) {
                work.run(request, connection);
            }
        } catch (IOException _) {
            // the server went away or wants the job no more: nobody is left to be told
        } catch (RuntimeException | LinkageError fault) {
            System.out.println("a job failed: " + fault); // on the way to the server's log
        } finally {
            places.release();
        }
    }
}
