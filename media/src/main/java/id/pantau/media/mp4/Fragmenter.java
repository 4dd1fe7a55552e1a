package id.pantau.media.mp4;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamFormat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Turns the access units of one decoder configuration into fragments. The file's zero is the first
/// unit's decode time. Not thread-safe; one per file or live stream.
public final class Fragmenter {
    /// @param target a fragment is cut before a key frame and before a video unit that would make
    ///   it longer than this
    public Fragmenter(StreamFormat format, Duration target) {
        throw new UnsupportedOperationException("being built");
    }

    /// For live viewers: every video unit is a fragment at once, its duration guessed from the one
    /// before; `tfdt` carries the true time.
    public static Fragmenter immediate(StreamFormat format) {
        throw new UnsupportedOperationException("being built");
    }

    /// Units before the first key frame are ignored.
    ///
    /// @return a fragment that this unit finished, or null
    public @Nullable Fragment add(AccessUnit unit) {
        throw new UnsupportedOperationException("being built");
    }

    /// What has been added and not yet returned; null when nothing. The duration of the last
    /// sample is guessed. Units may follow, also after a gap: their times are kept.
    public @Nullable Fragment flush() {
        throw new UnsupportedOperationException("being built");
    }
}
