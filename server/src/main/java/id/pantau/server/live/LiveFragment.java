package id.pantau.server.live;

import id.pantau.media.mp4.Fragment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/// One fragment as viewers get it: in one piece, made once, shared by all.
///
/// @param media since the zero of its decoder configuration
/// @param wallTime when its first sample was captured
/// @param bytes read-only, from 0; `duplicate()` before reading
record LiveFragment(Duration media, Instant wallTime, boolean keyFrame, ByteBuffer bytes) {
    static LiveFragment of(Fragment fragment) {
        // Direct: the kernel takes it from where it lies, for every viewer. A heap buffer would be
        // copied
        // once per viewer by the JDK.
        ByteBuffer whole = ByteBuffer.allocateDirect(fragment.sizeBytes());
        fragment.buffers().forEach(part -> whole.put(part.duplicate()));
        return new LiveFragment(
                fragment.start().since(id.pantau.media.MediaTime.ZERO),
                fragment.wallStart(),
                fragment.keyFrame(),
                whole.flip().asReadOnlyBuffer());
    }

    int sizeBytes() {
        return bytes.limit();
    }
}
