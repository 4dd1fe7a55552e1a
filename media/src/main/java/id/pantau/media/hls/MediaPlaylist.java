package id.pantau.media.hls;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
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
                    programDateTime == null ? null : programDateTime.truncatedTo(ChronoUnit.MILLIS),
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
        return new MediaPlaylist(
                7,
                targetDurationS(segments),
                0,
                0,
                Type.VOD,
                true,
                true,
                List.of(),
                segments,
                List.of());
    }

    /// The least that the standard allows (§4.3.3.1): no segment, rounded, is longer.
    static long targetDurationS(List<Segment> segments) {
        return segments.stream()
                .mapToLong(segment -> segment.duration().plusMillis(500).toSeconds())
                .reduce(1, Math::max);
    }

    @Override
    public String text() {
        var text = new PlaylistText();
        text.tag("EXT-X-VERSION", version);
        text.tag("EXT-X-TARGETDURATION", targetDurationS);
        text.tag("EXT-X-MEDIA-SEQUENCE", mediaSequence);
        if (discontinuitySequence > 0) {
            text.tag("EXT-X-DISCONTINUITY-SEQUENCE", discontinuitySequence);
        }
        if (type != null) {
            text.tag("EXT-X-PLAYLIST-TYPE", type);
        }
        if (independentSegments) {
            text.tag("EXT-X-INDEPENDENT-SEGMENTS");
        }
        tags.forEach(text::tag);
        MapTag map = null;
        for (Segment segment : segments) {
            write(segment, map, text);
            map = segment.map();
        }
        trailing.forEach(text::tag);
        if (ended) {
            text.tag("EXT-X-ENDLIST");
        }
        return text.toString();
    }

    private static void write(Segment segment, @Nullable MapTag before, PlaylistText text) {
        if (segment.discontinuity()) {
            text.tag("EXT-X-DISCONTINUITY");
        }
        MapTag map = segment.map();
        if (map != null && !map.equals(before)) {
            String range = map.byteRange() == null ? "" : ",BYTERANGE=\"" + map.byteRange() + "\"";
            text.tag("EXT-X-MAP", "URI=\"" + map.uri() + "\"" + range);
        }
        if (segment.programDateTime() != null) {
            text.tag("EXT-X-PROGRAM-DATE-TIME", segment.programDateTime());
        }
        segment.tags().forEach(text::tag);
        long micros = segment.duration().toNanos() / 1000;
        text.tag(
                "EXTINF",
                String.format(
                        Locale.ROOT,
                        "%d.%06d,%s",
                        micros / 1_000_000,
                        micros % 1_000_000,
                        segment.title()));
        if (segment.byteRange() != null) {
            text.tag("EXT-X-BYTERANGE", segment.byteRange());
        }
        text.line(segment.uri());
    }
}
