package id.pantau.media.mp4;

import id.pantau.media.MediaTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One `moof` and its `mdat`, after a `prft` (ISO/IEC 14496-12 §8.16.5) that holds the wall clock.
/// Made once, shared by disk, WebSocket and HLS; payloads are not copied.
///
/// @param start decode time of the first video (else audio) sample, relative to the file's zero
/// @param duration of the video (else audio) samples
/// @param wallStart wall clock of `start`
/// @param keyFrame whether its first video sample is a key frame; true for audio only
/// @param buffers read-only, in order; use `duplicate()` before reading
public record Fragment(
        MediaTime start,
        Duration duration,
        Instant wallStart,
        boolean keyFrame,
        int sizeBytes,
        List<ByteBuffer> buffers) {}
