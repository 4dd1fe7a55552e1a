package id.pantau.vision.worker;

import id.pantau.media.StreamEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The worker's end of one job. Frames are sent by the job's thread; whether the job is still
/// wanted may be asked from any.
final class JobConnection implements AutoCloseable {
    private final SocketChannel channel;
    private final CountDownLatch unwanted = new CountDownLatch(1);

    /// @param channel stays the caller's to close, behind this
    JobConnection(SocketChannel channel) {
        this.channel = channel;
        Thread.ofVirtual().name("unwanted").start(this::watch);
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

    void end(StreamEnd end) throws IOException {
        send(WorkerProtocol.END, WorkerProtocol.endBody(end));
    }

    @Override
    public void close() {
        unwanted.countDown();
    }

    private void send(int type, ByteBuffer body) throws IOException {
        ByteBuffer[] frame = {WorkerProtocol.frameHeader(type, body.remaining()), body};
        while (body.hasRemaining() || frame[0].hasRemaining()) {
            channel.write(frame);
        }
    }

    /// The server says nothing behind its request: whatever can be read is its end.
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
