package id.pantau.media.rtmp;

import java.io.IOException;
import java.nio.ByteBuffer;

/// One connection's bytes, encrypted or not. One thread reads, one at a time writes; any may close.
interface RtmpWire extends ByteSource, AutoCloseable {
    /// Writes what goes out without waiting, where this wire can tell; else all of it.
    ///
    /// @return whether all of it is out
    boolean write(ByteBuffer[] buffers) throws IOException;

    /// Runs this once when a further part of what [#write] left can go out.
    void whenWritable(Runnable then);

    /// From here on [#write] does not wait, if this wire can do that. Called by the reading thread
    /// while nobody writes.
    void stopWaiting() throws IOException;

    /// Whether [#write] may be called by a thread that must not wait, after [#stopWaiting].
    boolean canWriteWithoutWaiting();

    /// Tells the peer that nothing more comes.
    void endOutput() throws IOException;

    /// Cuts the connection; does not wait, either.
    @Override
    void close();
}
