package id.pantau.server.playback;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/// Media that is made while it is written.
///
/// @param sizeBytes exactly what is written
public record Content(long sizeBytes, Writer writer) {
    /// Writes everything once.
    @FunctionalInterface
    public interface Writer {
        void writeTo(WritableByteChannel out) throws IOException;
    }
}
