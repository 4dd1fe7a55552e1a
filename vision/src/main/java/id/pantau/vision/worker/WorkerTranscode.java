package id.pantau.vision.worker;

import id.pantau.media.AccessUnit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// Pictures that the worker encodes anew, as the server sees it. One thread sends, another one may
/// receive meanwhile; any may close. Interrupting a thread that is inside closes the connection.
public final class WorkerTranscode implements AutoCloseable {
    private final long number;
    private final RunningWorker worker;
    private final SocketChannel channel;
    private final UnitFrames units;

    WorkerTranscode(long number, RunningWorker worker, SocketChannel channel) {
        this.number = number;
        this.worker = worker;
        this.channel = channel;
        this.units = new UnitFrames(channel);
    }

    /// Blocks while the worker has no room for it.
    ///
    /// @param unit a picture, the first one a key frame
    /// @throws IOException when the job is over
    public void send(AccessUnit unit) throws IOException {
        ByteBuffer[] frame =
                TranscodeProtocol.frame(
                        new CodedUnit(
                                unit.keyFrame(),
                                unit.dts().ticks90k(),
                                unit.pts().ticks90k(),
                                unit.payload()));
        while (frame[0].hasRemaining() || frame[1].hasRemaining()) {
            channel.write(frame);
        }
    }

    /// Nothing will be sent any more: the worker gives back what it still holds, and ends.
    public void endInput() {
        try {
            channel.shutdownOutput();
        } catch (IOException _) {
            // it is over already
        }
    }

    /// The next picture, H.264.
    ///
    /// @return null when the job is over
    public @Nullable CodedUnit next() throws IOException {
        return units.next();
    }

    /// Why [#next] has ended.
    public WorkerJob.Outcome outcome() throws InterruptedException {
        return worker.outcome(number, units.end());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // it is of no use any more either way
        }
        worker.forget(number);
    }
}
