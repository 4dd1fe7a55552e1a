package id.pantau.media.hls;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads playlists as servers really write them (RFC 8216 §4): tags we do not model are kept as
/// they stand.
final class PlaylistReader {
    /// No segment lasts longer, and its nanoseconds are no number any more far beyond.
    private static final BigDecimal LONGEST_MICROS =
            BigDecimal.valueOf(Integer.MAX_VALUE).movePointRight(6);

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,12}(\\.\\d{0,30})?");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");
    private static final Pattern RESOLUTION = Pattern.compile("(\\d{1,9})[xX](\\d{1,9})");

    /// RFC 3339, and `+0700` as some servers have it.
    private static final DateTimeFormatter DATE_TIME =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .appendPattern("[XXX][XX]")
                    .toFormatter(java.util.Locale.ROOT);

    private static final Set<String> OF_MULTIVARIANT =
            Set.of("EXT-X-STREAM-INF", "EXT-X-MEDIA", "EXT-X-I-FRAME-STREAM-INF");

    private PlaylistReader() {}

    static Playlist read(String text) throws MalformedPlaylistException {
        List<String> lines = text.lines().map(String::stripTrailing).toList();
        if (lines.isEmpty() || !lines.getFirst().replace("\ufeff", "").equals("#EXTM3U")) {
            throw new MalformedPlaylistException("no playlist: the first line is not #EXTM3U");
        }
        List<String> rest = lines.stream().skip(1).filter(line -> !line.isBlank()).toList();
        boolean multivariant = rest.stream().anyMatch(PlaylistReader::isOfMultivariant);
        return multivariant ? multivariant(rest) : media(rest);
    }

    private static boolean isOfMultivariant(String line) {
        return line.startsWith("#EXT-X-") && OF_MULTIVARIANT.contains(tag(line).name());
    }

    private static MediaPlaylist media(List<String> lines) throws MalformedPlaylistException {
        int version = 1;
        long target = -1;
        long sequence = 0;
        long discontinuitySequence = 0;
        MediaPlaylist.Type type = null;
        boolean independent = false;
        boolean ended = false;
        List<PlaylistTag> tags = new ArrayList<>();
        List<PlaylistTag> pending = new ArrayList<>();
        List<MediaPlaylist.Segment> segments = new ArrayList<>();
        MediaPlaylist.MapTag map = null;
        for (String line : lines) {
            if (!line.startsWith("#")) {
                MediaPlaylist.Segment segment = segment(line, pending, map);
                map = segment.map();
                segments.add(segment);
                pending.clear();
                continue;
            }
            if (!line.startsWith("#EXT")) {
                continue; // a comment
            }
            PlaylistTag tag = tag(line);
            switch (tag.name()) {
                case "EXT-X-VERSION" -> version = (int) Math.min(whole(tag), Integer.MAX_VALUE);
                case "EXT-X-TARGETDURATION" -> target = whole(tag);
                case "EXT-X-MEDIA-SEQUENCE" -> sequence = whole(tag);
                case "EXT-X-DISCONTINUITY-SEQUENCE" -> discontinuitySequence = whole(tag);
                case "EXT-X-PLAYLIST-TYPE" -> type = type(tag);
                case "EXT-X-INDEPENDENT-SEGMENTS" -> independent = true;
                case "EXT-X-ENDLIST" -> ended = true;
                case "EXT-X-ALLOW-CACHE",
                        "EXT-X-SERVER-CONTROL",
                        "EXT-X-PART-INF",
                        "EXT-X-START",
                        "EXT-X-SKIP",
                        "EXT-X-DEFINE",
                        "EXT-X-I-FRAMES-ONLY" ->
                        tags.add(tag);
                default -> pending.add(tag);
            }
        }
        if (target < 0 && segments.isEmpty()) {
            throw new MalformedPlaylistException(
                    "no playlist: neither a target duration nor a segment nor a variant");
        }
        return new MediaPlaylist(
                version,
                target < 0 ? MediaPlaylist.targetDurationS(segments) : target,
                sequence,
                discontinuitySequence,
                type,
                independent,
                ended,
                tags,
                segments,
                pending);
    }

    private static MediaPlaylist.Segment segment(
            String uri, List<PlaylistTag> pending, MediaPlaylist.@Nullable MapTag mapBefore)
            throws MalformedPlaylistException {
        Duration duration = null;
        String title = "";
        Instant at = null;
        boolean discontinuity = false;
        MediaPlaylist.MapTag map = mapBefore;
        String byteRange = null;
        List<PlaylistTag> others = new ArrayList<>();
        for (PlaylistTag tag : pending) {
            switch (tag.name()) {
                case "EXTINF" -> {
                    int comma = tag.value().indexOf(',');
                    duration = seconds(tag, comma);
                    title = comma < 0 ? "" : tag.value().substring(comma + 1);
                }
                case "EXT-X-BYTERANGE" -> byteRange = tag.value();
                case "EXT-X-DISCONTINUITY" -> discontinuity = true;
                case "EXT-X-MAP" -> map = map(tag);
                case "EXT-X-PROGRAM-DATE-TIME" -> {
                    Instant said = dateTime(tag.value());
                    if (said == null) {
                        others.add(tag); // and does not undo what another one says
                    } else {
                        at = said;
                    }
                }
                default -> others.add(tag);
            }
        }
        if (duration == null) {
            throw new MalformedPlaylistException("no EXTINF before " + uri);
        }
        return new MediaPlaylist.Segment(
                uri, duration, title, at, discontinuity, map, byteRange, others);
    }

    private static MultivariantPlaylist multivariant(List<String> lines)
            throws MalformedPlaylistException {
        int version = 1;
        boolean independent = false;
        List<PlaylistTag> tags = new ArrayList<>();
        List<MultivariantPlaylist.Variant> variants = new ArrayList<>();
        PlaylistTag pending = null;
        for (Iterator<String> iterator = lines.iterator(); iterator.hasNext(); ) {
            String line = iterator.next();
            if (!line.startsWith("#")) {
                if (pending == null) {
                    throw new MalformedPlaylistException("no EXT-X-STREAM-INF before " + line);
                }
                variants.add(variant(line, pending));
                pending = null;
                continue;
            }
            if (!line.startsWith("#EXT")) {
                continue;
            }
            PlaylistTag tag = tag(line);
            switch (tag.name()) {
                case "EXT-X-VERSION" -> version = (int) Math.min(whole(tag), Integer.MAX_VALUE);
                case "EXT-X-INDEPENDENT-SEGMENTS" -> independent = true;
                case "EXT-X-STREAM-INF" -> pending = tag;
                default -> tags.add(tag);
            }
        }
        if (pending != null) {
            throw new MalformedPlaylistException("EXT-X-STREAM-INF without an address");
        }
        return new MultivariantPlaylist(version, independent, tags, variants);
    }

    private static MultivariantPlaylist.Variant variant(String uri, PlaylistTag tag)
            throws MalformedPlaylistException {
        long bandwidth = -1;
        String codecs = null;
        int width = 0;
        int height = 0;
        double frameRate = 0;
        List<MultivariantPlaylist.Attribute> others = new ArrayList<>();
        for (MultivariantPlaylist.Attribute attribute : attributes(tag)) {
            String value = attribute.value();
            var resolution = RESOLUTION.matcher(value);
            if (attribute.name().equals("BANDWIDTH") && WHOLE.matcher(value).matches()) {
                bandwidth = Long.parseLong(value);
            } else if (attribute.name().equals("CODECS")) {
                codecs = unquoted(value);
            } else if (attribute.name().equals("RESOLUTION") && resolution.matches()) {
                width = Integer.parseInt(resolution.group(1));
                height = Integer.parseInt(resolution.group(2));
            } else if (attribute.name().equals("FRAME-RATE") && DECIMAL.matcher(value).matches()) {
                frameRate = Double.parseDouble(value);
            } else {
                others.add(attribute);
            }
        }
        if (bandwidth < 0) {
            throw new MalformedPlaylistException("EXT-X-STREAM-INF without BANDWIDTH");
        }
        return new MultivariantPlaylist.Variant(
                uri, bandwidth, codecs, width, height, frameRate, others);
    }

    private static PlaylistTag tag(String line) {
        int colon = line.indexOf(':');
        return colon < 0
                ? new PlaylistTag(line.substring(1), "")
                : new PlaylistTag(line.substring(1, colon).strip(), line.substring(colon + 1));
    }

    /// `NAME=value,NAME="quoted, with commas"` (§4.2).
    private static List<MultivariantPlaylist.Attribute> attributes(PlaylistTag tag)
            throws MalformedPlaylistException {
        List<MultivariantPlaylist.Attribute> attributes = new ArrayList<>();
        String text = tag.value();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                throw new MalformedPlaylistException(tag.name() + ": an attribute without value");
            }
            int end = equals + 1;
            boolean quoted = false;
            while (end < text.length() && (quoted || text.charAt(end) != ',')) {
                quoted ^= text.charAt(end) == '"';
                end++;
            }
            if (quoted) {
                throw new MalformedPlaylistException(tag.name() + ": a quote is not closed");
            }
            String name = text.substring(at, equals).strip();
            attributes.add(
                    new MultivariantPlaylist.Attribute(
                            name, text.substring(equals + 1, end).strip()));
            at = end + 1;
        }
        return attributes;
    }

    private static MediaPlaylist.MapTag map(PlaylistTag tag) throws MalformedPlaylistException {
        String uri = null;
        String byteRange = null;
        for (MultivariantPlaylist.Attribute attribute : attributes(tag)) {
            if (attribute.name().equals("URI")) {
                uri = unquoted(attribute.value());
            } else if (attribute.name().equals("BYTERANGE")) {
                byteRange = unquoted(attribute.value());
            }
        }
        if (uri == null) {
            throw new MalformedPlaylistException("EXT-X-MAP without URI");
        }
        return new MediaPlaylist.MapTag(uri, byteRange);
    }

    private static String unquoted(String value) {
        return value.replace("\"", "");
    }

    private static long whole(PlaylistTag tag) throws MalformedPlaylistException {
        if (!WHOLE.matcher(tag.value()).matches()) {
            throw new MalformedPlaylistException(tag.name() + " is no number: " + tag.value());
        }
        return Long.parseLong(tag.value());
    }

    private static Duration seconds(PlaylistTag tag, int comma) throws MalformedPlaylistException {
        String text = comma < 0 ? tag.value() : tag.value().substring(0, comma);
        if (!DECIMAL.matcher(text).matches()) {
            throw new MalformedPlaylistException(tag.name() + " is no number: " + text);
        }
        BigDecimal micros = new BigDecimal(text).movePointRight(6);
        if (micros.compareTo(LONGEST_MICROS) > 0) {
            throw new MalformedPlaylistException(tag.name() + " is too long: " + text);
        }
        long whole = micros.setScale(0, RoundingMode.HALF_UP).longValueExact();
        return Duration.of(whole, java.time.temporal.ChronoUnit.MICROS);
    }

    private static MediaPlaylist.Type type(PlaylistTag tag) throws MalformedPlaylistException {
        return switch (tag.value()) {
            case "VOD" -> MediaPlaylist.Type.VOD;
            case "EVENT" -> MediaPlaylist.Type.EVENT;
            default ->
                    throw new MalformedPlaylistException(
                            tag.name() + " is neither VOD nor EVENT: " + tag.value());
        };
    }

    private static @Nullable Instant dateTime(String text) {
        try {
            return OffsetDateTime.parse(text, DATE_TIME).toInstant();
        } catch (DateTimeException _) {
            return null; // without zone, say: kept as it stands
        }
    }
}
