package id.pantau.media.codec;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Repackages G.711 as FLAC (RFC 9639), so that browsers play it: every 16-bit sample that G.711
/// decodes to is kept. Packets are gathered up to a latency. Not thread-safe; one per session.
public final class FlacTranscoder {
    /// What live viewers wait for at most.
    public static final Duration LIVE_LATENCY = Duration.ofMillis(128);

    /// @param g711 of codec PCMU or PCMA
    /// @param latency how much sound one FLAC frame gathers at most
    public FlacTranscoder(AudioFormat g711, Duration latency) {
        throw new UnsupportedOperationException("being built");
    }

    /// What comes out.
    public AudioFormat format() {
        throw new UnsupportedOperationException("being built");
    }

    /// @param unit G.711; a jump of its decode time ends the frame before it
    /// @return a FLAC frame that this unit finished, or null
    public @Nullable AccessUnit add(AccessUnit unit) {
        throw new UnsupportedOperationException("being built");
    }

    /// What has been gathered and not yet returned; null when nothing.
    public @Nullable AccessUnit flush() {
        throw new UnsupportedOperationException("being built");
    }
}
