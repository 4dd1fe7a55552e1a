package id.pantau.media.hls;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/// One partial segment (RFC 8216bis §4.4.4.9): one fragment.
///
/// @param independent whether decoding can begin with it
/// @param buffers read-only; `duplicate()` before reading
record LivePart(Duration duration, boolean independent, int sizeBytes, List<ByteBuffer> buffers) {
    LivePart {
        buffers = List.copyOf(buffers);
    }
}
