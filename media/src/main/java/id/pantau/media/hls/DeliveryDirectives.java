package id.pantau.media.hls;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a player asks of a playlist beside its address (RFC 8216bis §6.2.5).
///
/// @param number `_HLS_msn`: answer when this segment is listed; null for now
/// @param part `_HLS_part`: answer when this part of it is listed; null for the whole segment
/// @param skip `_HLS_skip`: leave out what the player knows already
public record DeliveryDirectives(@Nullable Long number, @Nullable Integer part, boolean skip) {
    /// A player that just wants the playlist.
    public static final DeliveryDirectives NONE = new DeliveryDirectives(null, null, false);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern PART = Pattern.compile("\\d{1,5}");

    public DeliveryDirectives {
        if (part != null && number == null) {
            throw invalid("_HLS_part means nothing without _HLS_msn");
        }
    }

    /// @param msn of the query, empty when not given; so with the others
    /// @throws HlsException INVALID
    public static DeliveryDirectives parse(String msn, String part, String skip) {
        if (!msn.isEmpty() && !NUMBER.matcher(msn).matches()) {
            throw invalid("_HLS_msn must be a whole number");
        }
        if (!part.isEmpty() && !PART.matcher(part).matches()) {
            throw invalid("_HLS_part must be a small whole number");
        }
        return new DeliveryDirectives(
                msn.isEmpty() ? null : Long.valueOf(msn),
                part.isEmpty() ? null : Integer.valueOf(part),
                skip.equals("YES") || skip.equals("v2"));
    }

    private static HlsException invalid(String message) {
        return new HlsException(HlsException.Reason.INVALID, message);
    }
}
