package id.pantau.media.sdp;

import id.pantau.media.Codec;
import id.pantau.media.rtp.RtpTrack;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One payload type of a media description and what it carries.
///
/// @param payloadType 0..127
/// @param encoding as written, or from the static table (RFC 3551 §6); null when nobody says
/// @param clockRateHz 0 when nobody says
/// @param channels 1 when nobody says
/// @param fmtp as written behind the payload type; null when there is none
public record PayloadFormat(
        int payloadType,
        @Nullable String encoding,
        int clockRateHz,
        int channels,
        @Nullable String fmtp) {
    /// The format parameters (RFC 8866 §6.15), keys in lower case, values as written; the first of
    /// a key wins, what is no `key=value` is left out.
    public Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        for (String part : fmtp == null ? new String[0] : fmtp.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(
                        part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).strip());
            }
        }
        return parameters;
    }

    /// As a media track that can be received; empty when its codec, or this shape of it, is not
    /// carried.
    public Optional<RtpTrack> track() {
        return switch (encoding == null ? "" : encoding.toUpperCase(Locale.ROOT)) {
            case "H264" -> track(Codec.H264, 90_000);
            case "H265", "HEVC" -> track(Codec.H265, 90_000);
            case "MPEG4-GENERIC" -> isAac() ? track(Codec.AAC, 0) : Optional.empty();
            case "PCMU" -> track(Codec.PCMU, 8_000);
            case "PCMA" -> track(Codec.PCMA, 8_000);
            case "OPUS" -> track(Codec.OPUS, 48_000);
            default -> Optional.empty();
        };
    }

    /// Cameras leave the mode away (Anpviz), or the configuration; the receiver has defaults for
    /// both. What it cannot have is CELP, and time without a clock.
    private boolean isAac() {
        String mode = parameters().getOrDefault("mode", "AAC-hbr");
        return mode.regionMatches(true, 0, "AAC-", 0, 4) && clockRateHz > 0;
    }

    private Optional<RtpTrack> track(Codec codec, int defaultRateHz) {
        int rateHz = clockRateHz > 0 ? clockRateHz : defaultRateHz;
        return Optional.of(new RtpTrack(codec, payloadType, rateHz, channels, parameters()));
    }

    /// The name people can look up, for a sentence about what is not supported.
    String label() {
        return encoding == null ? "payload type " + payloadType : encoding;
    }
}
