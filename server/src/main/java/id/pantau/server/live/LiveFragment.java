package id.pantau.server.live;

import id.pantau.media.MediaTime;
import id.pantau.media.mp4.Fragment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One or a few fragments as viewers get them: in one piece, made once, shared by all.
///
/// @param media since the zero of its decoder configuration
/// @param wallTime when its first sample was captured
/// @param keyFrame whether it begins with one
/// @param bytes read-only, from 0; `duplicate()` before reading
record LiveFragment(Duration media, Instant wallTime, boolean keyFrame, ByteBuffer bytes) {
    /// @param fragments at least one, that follow one another
    static LiveFragment of(List<Fragment> fragments) {
        // Direct: the kernel takes it from where it lies, for every viewer. A heap buffer would be
        // copied once per viewer by the JDK.
        ByteBuffer whole =
                ByteBuffer.allocateDirect(fragments.stream().mapToInt(Fragment::sizeBytes).sum());
        for (Fragment fragment : fragments) {
            fragment.buffers().forEach(part -> whole.put(part.duplicate()));
        }
        Fragment first = fragments.getFirst();
        return new LiveFragment(
                first.start().since(MediaTime.ZERO),
                first.wallStart(),
                first.keyFrame(),
                whole.flip().asReadOnlyBuffer());
    }

    int sizeBytes() {
        return bytes.limit();
    }
}
