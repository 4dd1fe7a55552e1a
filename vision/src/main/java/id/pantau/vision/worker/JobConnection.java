package id.pantau.vision.worker;

import id.pantau.media.StreamEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The worker's end of one job. Frames are sent by the job's thread; whether the job is still
/// wanted may be asked from any.
final class JobConnection implements AutoCloseable {
    private final SocketChannel channel;
    private final CountDownLatch unwanted = new CountDownLatch(1);

    private JobConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /// For a job behind whose request the server says nothing: whatever can be read is its end.
    ///
    /// @param channel stays the caller's to close, behind this
    static JobConnection watched(SocketChannel channel) {
        var connection = new JobConnection(channel);
        Thread.ofVirtual().name("unwanted").start(connection::watch);
        return connection;
    }

    /// For a job that reads [#units()], and sees the server's end itself.
    ///
    /// @param channel stays the caller's to close, behind this
    static JobConnection fed(SocketChannel channel) {
        return new JobConnection(channel);
    }

    /// What the server sends behind its request.
    UnitFrames units() {
        return new UnitFrames(channel);
    }

    /// As [#units], for a job that wants to see the frames themselves.
    FrameReader frames() {
        return new FrameReader(channel);
    }

    boolean isWanted() {
        return unwanted.getCount() > 0;
    }

    /// Waits, but no longer than the job is wanted.
    void sleep(long nanos) {
        try {
            boolean _ = unwanted.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // nobody does: job threads end with their channel
        }
    }

    /// Waits while the server takes nothing.
    ///
    /// @throws IOException when the job is not wanted any more
    void media(ByteBuffer bytes) throws IOException {
        send(WorkerProtocol.MEDIA, bytes);
    }

    /// As [#media].
    void unit(CodedUnit unit) throws IOException {
        send(TranscodeProtocol.frame(unit));
    }

    /// As [#frame], for several of them.
    ///
    /// @param frames each header before its body
    void frames(List<ByteBuffer> frames) throws IOException {
        send(frames.toArray(ByteBuffer[]::new));
    }

    /// As [#media]; by one thread at a time.
    void frame(int type, ByteBuffer body) throws IOException {
        send(type, body);
    }

    void end(StreamEnd end) throws IOException {
        send(WorkerProtocol.END, WorkerProtocol.endBody(end));
    }

    @Override
    public void close() {
        unwanted.countDown();
    }

    private void send(int type, ByteBuffer body) throws IOException {
        send(new ByteBuffer[] {WorkerProtocol.frameHeader(type, body.remaining()), body});
    }

    private void send(ByteBuffer[] all) throws IOException {
        WorkerProtocol.writeAll(channel, all);
    }

    private void watch() {
        try {
            channel.read(ByteBuffer.allocate(1));
        } catch (IOException _) {
            // the same
        } finally {
            unwanted.countDown();
        }
    }
}
