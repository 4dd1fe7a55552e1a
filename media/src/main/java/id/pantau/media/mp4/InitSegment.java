package id.pantau.media.mp4;

import id.pantau.media.Bytes;
import id.pantau.media.StreamFormat;
import org.jspecify.annotations.Nullable;

/// `ftyp` and `moov` of a fragmented file: made once per decoder configuration and shared.
///
/// @param bytes both boxes, and the segment's note behind them when there is one
/// @param codecs for MIME types and playlists (RFC 6381): `avc1.640028,mp4a.40.2`
public record InitSegment(Bytes bytes, StreamFormat format, String codecs) {
    /// @param note what a recorded file says of itself; null for live streams
    public static InitSegment of(StreamFormat format, @Nullable SegmentNote note) {
        throw new UnsupportedOperationException("being built");
    }
}
