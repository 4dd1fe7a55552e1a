package id.pantau.media.hls;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A multivariant playlist (RFC 8216 §4.3.4, "master playlist" there).
///
/// @param tags that we do not model (`EXT-X-MEDIA`, `EXT-X-SESSION-DATA`), in order
public record MultivariantPlaylist(
        int version, boolean independentSegments, List<PlaylistTag> tags, List<Variant> variants)
        implements Playlist {
    /// One variant stream.
    ///
    /// @param bandwidth peak, bits per second
    /// @param codecs RFC 6381; null when not said
    /// @param widthPx 0 when not said
    /// @param heightPx 0 when not said
    /// @param frameRate 0 when not said
    /// @param attributes that we do not model, in order, as written
    public record Variant(
            String uri,
            long bandwidth,
            @Nullable String codecs,
            int widthPx,
            int heightPx,
            double frameRate,
            List<Attribute> attributes) {
        public Variant {
            attributes = List.copyOf(attributes);
        }

        public static Variant of(
                String uri, long bandwidth, String codecs, int widthPx, int heightPx) {
            return new Variant(uri, bandwidth, codecs, widthPx, heightPx, 0, List.of());
        }
    }

    /// One attribute as it stands, quotes included.
    public record Attribute(String name, String value) {}

    public MultivariantPlaylist {
        tags = List.copyOf(tags);
        variants = List.copyOf(variants);
    }

    public static MultivariantPlaylist of(List<Variant> variants) {
        return new MultivariantPlaylist(7, true, List.of(), variants);
    }

    @Override
    public String text() {
        var text = new PlaylistText();
        text.tag("EXT-X-VERSION", version);
        if (independentSegments) {
            text.tag("EXT-X-INDEPENDENT-SEGMENTS");
        }
        tags.forEach(text::tag);
        for (Variant variant : variants) {
            text.tag("EXT-X-STREAM-INF", attributes(variant));
            text.line(variant.uri());
        }
        return text.toString();
    }

    private static String attributes(Variant variant) {
        var text = new StringBuilder("BANDWIDTH=").append(variant.bandwidth());
        if (variant.codecs() != null) {
            text.append(",CODECS=\"").append(variant.codecs()).append('"');
        }
        if (variant.widthPx() > 0 || variant.heightPx() > 0) {
            text.append(",RESOLUTION=").append(variant.widthPx());
            text.append('x').append(variant.heightPx());
        }
        if (variant.frameRate() > 0) {
            BigDecimal rate = BigDecimal.valueOf(variant.frameRate());
            text.append(",FRAME-RATE=").append(rate.toPlainString());
        }
        for (Attribute attribute : variant.attributes()) {
            text.append(',').append(attribute.name()).append('=').append(attribute.value());
        }
        return text.toString();
    }
}
