package id.pantau.media.rtmp;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where a peer's bytes come from.
@FunctionalInterface
interface ByteSource {
    /// Blocks until there is at least one byte.
    ///
    /// @return how many were put; -1 at the end
    int read(ByteBuffer into) throws IOException;
}
