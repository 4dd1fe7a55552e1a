package id.pantau.media;

import java.nio.ByteBuffer;
import java.time.Instant;

/// One encoded picture, or one encoded audio frame, as it is stored in MP4. Immutable and shared by
/// every reader of a stream: the payload is held once.
///
/// Video payloads are NAL units, each behind its length in 4 bytes (ISO/IEC 14496-15 §5.3.4.2),
/// with parameter sets and access unit delimiters taken out: those are in the [VideoFormat]. Audio
/// payloads are bare codec frames: no ADTS, no RTP headers.
public final class AccessUnit {
    private final MediaKind kind;
    private final MediaTime dts;
    private final MediaTime pts;
    private final boolean keyFrame;
    private final Instant wallTime;
    private final ByteBuffer payload;

    /// @param kind which media track it belongs to
    /// @param dts decoding time; strictly ascending within one media track and session
    /// @param pts presentation time, never before `dts`
    /// @param keyFrame whether decoding can begin here (IDR, or IRAP for H.265); true for audio
    /// @param wallTime when it was captured, by the server's clock
    /// @param payload from position to limit; the caller gives it away and never writes to it again
    public AccessUnit(
            MediaKind kind,
            MediaTime dts,
            MediaTime pts,
            boolean keyFrame,
            Instant wallTime,
            ByteBuffer payload) {
        this.kind = kind;
        this.dts = dts;
        this.pts = pts;
        this.keyFrame = keyFrame;
        this.wallTime = wallTime;
        this.payload = payload.isReadOnly() ? payload.slice() : payload.slice().asReadOnlyBuffer();
    }

    public MediaKind kind() {
        return kind;
    }

    public boolean isVideo() {
        return kind == MediaKind.VIDEO;
    }

    public MediaTime dts() {
        return dts;
    }

    public MediaTime pts() {
        return pts;
    }

    public boolean keyFrame() {
        return keyFrame;
    }

    public Instant wallTime() {
        return wallTime;
    }

    public int sizeBytes() {
        return payload.limit();
    }

    /// A read-only view of its own, from 0 to [#sizeBytes()], big-endian.
    public ByteBuffer payload() {
        return payload.duplicate();
    }

    @Override
    public String toString() {
        return "%s%s dts=%d %d bytes"
                .formatted(kind, keyFrame ? " key" : "", dts.ticks90k(), sizeBytes());
    }
}
