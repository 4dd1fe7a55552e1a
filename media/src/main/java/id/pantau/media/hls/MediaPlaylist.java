package id.pantau.media.hls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A media playlist (RFC 8216 §4.3.3): the segments of one rendition.
///
/// @param version of the protocol; 7 for fMP4 with `EXT-X-MAP`
/// @param targetDurationS whole seconds, at least every segment's rounded duration
/// @param type null for a live playlist
/// @param tags of the playlist as a whole that we do not model, in order
/// @param trailing tags behind the last segment that we do not model (LL-HLS parts, hints)
public record MediaPlaylist(
        int version,
        long targetDurationS,
        long mediaSequence,
        long discontinuitySequence,
        @Nullable Type type,
        boolean independentSegments,
        boolean ended,
        List<PlaylistTag> tags,
        List<Segment> segments,
        List<PlaylistTag> trailing)
        implements Playlist {
    /// `EXT-X-PLAYLIST-TYPE`.
    public enum Type {
        VOD,
        EVENT
    }

    /// One media segment with the tags that belong to it.
    ///
    /// @param duration to the microsecond
    /// @param title behind the comma of `EXTINF`; mostly empty
    /// @param programDateTime wall clock of its first sample; null when not said
    /// @param discontinuity whether times or formats break before it
    /// @param map the init segment in force; null for formats without one
    /// @param byteRange `length[@offset]`; null for the whole resource
    /// @param tags that we do not model, in order
    public record Segment(
            String uri,
            Duration duration,
            String title,
            @Nullable Instant programDateTime,
            boolean discontinuity,
            @Nullable MapTag map,
            @Nullable String byteRange,
            List<PlaylistTag> tags) {
        public Segment {
            tags = List.copyOf(tags);
        }

        /// A whole fMP4 segment.
        public static Segment of(
                String uri,
                Duration duration,
                @Nullable Instant programDateTime,
                boolean discontinuity,
                String mapUri) {
            return new Segment(
                    uri,
                    duration,
                    "",
                    programDateTime,
                    discontinuity,
                    new MapTag(mapUri, null),
                    null,
                    List.of());
        }
    }

    /// `EXT-X-MAP`.
    public record MapTag(String uri, @Nullable String byteRange) {}

    public MediaPlaylist {
        tags = List.copyOf(tags);
        segments = List.copyOf(segments);
        trailing = List.copyOf(trailing);
    }

    /// A finished recording over fMP4 segments, each of which can be decoded on its own.
    public static MediaPlaylist vod(List<Segment> segments) {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public String text() {
        throw new UnsupportedOperationException("being built");
    }
}
