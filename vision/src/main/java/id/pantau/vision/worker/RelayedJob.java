package id.pantau.vision.worker;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One job of a server elsewhere: what the server sends goes to the child process of this machine,
/// what that says goes back. Neither side is read faster than the other takes it.
final class RelayedJob {
    private static final int BUFFER_BYTES = 64 << 10;

    /// For the server to take the end and close.
    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    private final Link server;
    private final WorkerProcess process;
    private final RemoteModels models;

    /// @param server stays the caller's to close
    RelayedJob(Link server, WorkerProcess process, RemoteModels models) {
        this.server = server;
        this.process = process;
        this.models = models;
    }

    /// Until it is over.
    ///
    /// @throws IOException when the server does not want it any more
    void run(JobRequest request) throws IOException, InterruptedException {
        JobRequest here;
        switch (request) {
            case AnalyseRequest analyse -> {
                Path model = analyse.model();
                Optional<Path> found =
                        model == null
                                ? Optional.empty()
                                : models.find(model.toString(), analyse.modelSha256());
                if (model != null && found.isEmpty()) {
                    end("This worker has no model %s of that checksum.".formatted(model));
                    return;
                }
                here = analyse.withModel(found.orElse(null));
            }
            case StillRequest still -> here = still;
            // A server may make no other machine read from addresses of its choice.
            case PullRequest _, TranscodeRequest _ -> {
                end("A worker on another machine takes no such job.");
                return;
            }
        }
        try {
            pass(process.relay(here));
        } catch (WorkerUnavailableException e) {
            end(e.sentence());
        }
    }

    private void end(String why) throws IOException {
        say(WorkerProtocol.END, new StreamEnd(Reason.READER_DIED, why));
        server.endOutput();
        drain(server.input());
    }

    private void pass(WorkerProcess.Relayed job) throws IOException, InterruptedException {
        Thread feeding = null;
        try (Link child = job.link()) {
            feeding = Thread.ofVirtual().name("feed-child").start(() -> feed(child));
            boolean ended = answer(child);
            if (!ended) {
                WorkerJob.Outcome how = job.worker().outcome(job.number(), null);
                say(how.killedTheWorker() ? RemoteProtocol.KILLED : WorkerProtocol.END, how.end());
            }
            server.endOutput();
            feeding.join(END_LIMIT);
        } finally {
            job.worker().forget(job.number());
            server.close();
            if (feeding != null) {
                feeding.join();
            }
        }
    }

    /// @return whether the child said at last why
    private boolean answer(Link child) throws IOException {
        var frames = new FrameReader(child.input());
        FrameReader.@Nullable RawFrame frame;
        do {
            frame = next(frames);
            if (frame == null) {
                return false;
            }
            ByteBuffer body = ByteBuffer.wrap(frame.body());
            server.write(WorkerProtocol.frameHeader(frame.type(), body.remaining()), body);
        } while (frame.type() != WorkerProtocol.END);
        return true;
    }

    private static FrameReader.@Nullable RawFrame next(FrameReader frames) {
        try {
            return frames.next();
        } catch (IOException _) {
            return null; // the child died
        }
    }

    /// Until the server says no more.
    private void feed(Link child) {
        byte[] buffer = new byte[BUFFER_BYTES];
        InputStream input = server.input();
        try {
            for (int count; (count = input.read(buffer)) >= 0; ) {
                child.write(ByteBuffer.allocate(0), ByteBuffer.wrap(buffer, 0, count));
            }
            child.endOutput();
        } catch (IOException _) {
            child.endOutput();
            drain(input); // or what was said last would be lost in a reset
        }
    }

    private static void drain(InputStream input) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            while (input.read(buffer) >= 0) {
                // of no more use
            }
        } catch (IOException _) {
            // the same
        }
    }

    private void say(int type, StreamEnd end) throws IOException {
        ByteBuffer body = WorkerProtocol.endBody(end);
        server.write(WorkerProtocol.frameHeader(type, body.remaining()), body);
    }
}
