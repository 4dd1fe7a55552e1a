package id.pantau.server.settings;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an administrator may change while the server runs (`GET|PATCH /api/v1/settings`).
///
/// @param zone time zone of the site: days on the timeline and in reports
/// @param language default language of the UI, `id` or `en`
/// @param connectCap cameras that may connect at the same time, 1..64
/// @param liveTranscodes cameras that may be converted for browsers at the same time, 0..16; 0:
///   none
/// @param defaultRetentionDays days recordings stay where the camera says nothing, 1..3650
/// @param nightlyCheck when, in the site's zone, the cameras are examined; null: not at all
public record SiteSettings(
        ZoneId zone,
        String language,
        int connectCap,
        int liveTranscodes,
        int defaultRetentionDays,
        PublicAddress publicAddress,
        @Nullable LocalTime nightlyCheck) {
    public static final SiteSettings DEFAULTS =
            new SiteSettings(
                    ZoneId.of("Asia/Jakarta"),
                    "id",
                    8,
                    0,
                    180,
                    PublicAddress.NONE,
                    LocalTime.of(3, 0));

    public SiteSettings {
        language = language.toLowerCase(Locale.ROOT);
        if (!language.equals("id") && !language.equals("en")) {
            throw new InvalidSettingException(
                    "language", "is \"id\" or \"en\", not \"" + language + "\"");
        }
        requireRange("connectCap", connectCap, 1, 64);
        requireRange("liveTranscodes", liveTranscodes, 0, 16);
        requireRange("defaultRetentionDays", defaultRetentionDays, 1, 3650);
    }

    private static void requireRange(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidSettingException(
                    field, "is a whole number from %d to %d, not %d".formatted(least, most, value));
        }
    }
}
