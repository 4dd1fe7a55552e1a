package id.pantau.media.rtsp;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The Range header (RFC 2326 §12.29): from where to where something is played, and when to begin
/// with it. Written in one form: seconds for `npt`, no frames where there are none for `smpte`.
///
/// @param start null when only an end is given
/// @param end exclusive; null when it is open
/// @param effectiveAt of the `time` parameter; null for at once
public record RtspRange(
        Format format,
        @Nullable Position start,
        @Nullable Position end,
        @Nullable Instant effectiveAt) {
    /// As [#parse] reads and [#write] writes it: whatever is live, from its present end.
    public static final RtspRange LIVE = new RtspRange(Format.NPT, new Position.Now(), null, null);

    /// The ways to count (RFC 2326 §3.5 to §3.7).
    public enum Format {
        NPT("npt"),
        SMPTE("smpte"),
        SMPTE_30_DROP("smpte-30-drop"),
        SMPTE_25("smpte-25"),
        CLOCK("clock");

        private final String token;

        Format(String token) {
            this.token = token;
        }

        /// @param header a whole Range header; empty when it counts in another way
        public static Optional<Format> find(String header) {
            String name = header.substring(0, Math.max(0, header.indexOf('='))).strip();
            for (Format format : values()) {
                if (format.token.equalsIgnoreCase(name)) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }
    }

    /// One end of a range.
    public sealed interface Position {
        /// The present end of something live; `npt` only.
        record Now() implements Position {}

        /// Since the beginning of the presentation; never negative.
        record Offset(Duration sinceStart) implements Position {}

        /// @param seconds since the beginning, by the tape's count
        /// @param frames 0..99
        /// @param subframes hundredths of a frame, 0..99
        record Timecode(long seconds, int frames, int subframes) implements Position {}

        /// By the wall clock.
        record At(Instant instant) implements Position {}
    }

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{0,9})?");
    private static final Pattern HOURS =
            Pattern.compile("(\\d{1,6}):(\\d{1,2}):(\\d{1,2})(\\.\\d{0,9})?");
    private static final Pattern TIMECODE =
            Pattern.compile("(\\d{1,6}):(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,2}))?)?");
    private static final Pattern UTC =
            Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)(\\.\\d{1,9})?Z");

    /// Empty when the format is another one or an end of the range makes no sense. A `time` that
    /// makes none counts as absent.
    public static Optional<RtspRange> parse(String header) {
        Optional<Format> format = Format.find(header);
        String[] parts = header.substring(header.indexOf('=') + 1).split(";", -1);
        int dash = parts[0].indexOf('-');
        if (format.isEmpty() || dash < 0) {
            return Optional.empty();
        }
        String from = parts[0].substring(0, dash).strip();
        String until = parts[0].substring(dash + 1).strip();
        Position start = position(format.get(), from);
        Position end = position(format.get(), until);
        boolean unread = start == null && !from.isEmpty() || end == null && !until.isEmpty();
        if (unread || start == null && end == null) {
            return Optional.empty();
        }
        return Optional.of(new RtspRange(format.get(), start, end, effectiveAt(parts)));
    }

    /// As in a header.
    public String write() {
        String range = format.token + '=' + write(start) + '-' + write(end);
        return effectiveAt == null ? range : range + ";time=" + write(new Position.At(effectiveAt));
    }

    private static @Nullable Instant effectiveAt(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.regionMatches(true, 0, "time=", 0, 5)) {
                return instant(part.substring(5).strip());
            }
        }
        return null;
    }

    private static @Nullable Position position(Format format, String text) {
        return switch (format) {
            case NPT -> offset(text);
            case SMPTE, SMPTE_30_DROP, SMPTE_25 -> timecode(text);
            case CLOCK -> {
                Instant instant = instant(text);
                yield instant == null ? null : new Position.At(instant);
            }
        };
    }

    private static @Nullable Position offset(String text) {
        if (text.equalsIgnoreCase("now")) {
            return new Position.Now();
        }
        if (SECONDS.matcher(text).matches()) {
            return new Position.Offset(seconds(text));
        }
        Matcher parts = HOURS.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        String fraction = parts.group(4);
        return new Position.Offset(
                Duration.ofSeconds(seconds(parts))
                        .plus(fraction == null ? Duration.ZERO : seconds("0" + fraction)));
    }

    private static @Nullable Position timecode(String text) {
        Matcher parts = TIMECODE.matcher(text);
        return parts.matches()
                ? new Position.Timecode(
                        seconds(parts), number(parts.group(4)), number(parts.group(5)))
                : null;
    }

    /// Of hours, minutes and seconds.
    private static long seconds(Matcher parts) {
        return (number(parts.group(1)) * 60L + number(parts.group(2))) * 60
                + number(parts.group(3));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static Duration seconds(String decimal) {
        BigDecimal nanos = new BigDecimal(decimal).movePointRight(9);
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
    }

    private static @Nullable Instant instant(String text) {
        Matcher parts = UTC.matcher(text.toUpperCase(Locale.ROOT));
        if (!parts.matches()) {
            return null;
        }
        try {
            String fraction = parts.group(7);
            return OffsetDateTime.of(
                            number(parts.group(1)),
                            number(parts.group(2)),
                            number(parts.group(3)),
                            number(parts.group(4)),
                            number(parts.group(5)),
                            number(parts.group(6)),
                            fraction == null ? 0 : seconds("0" + fraction).getNano(),
                            ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException _) {
            return null; // the 31st of a month that has none
        }
    }

    private static String write(@Nullable Position position) {
        return switch (position) {
            case null -> "";
            case Position.Now() -> "now";
            case Position.Offset(Duration time) -> decimal(time.getSeconds(), time.getNano());
            case Position.Timecode code -> write(code);
            case Position.At(Instant instant) -> {
                OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
                yield "%04d%02d%02dT%02d%02d%sZ"
                        .formatted(
                                time.getYear(),
                                time.getMonthValue(),
                                time.getDayOfMonth(),
                                time.getHour(),
                                time.getMinute(),
                                (time.getSecond() < 10 ? "0" : "")
                                        + decimal(time.getSecond(), time.getNano()));
            }
        };
    }

    private static String write(Position.Timecode code) {
        long minutes = code.seconds / 60;
        String text = "%d:%02d:%02d".formatted(minutes / 60, minutes % 60, code.seconds % 60);
        if (code.frames == 0 && code.subframes == 0) {
            return text;
        }
        text += ":%02d".formatted(code.frames);
        return code.subframes == 0 ? text : text + ".%02d".formatted(code.subframes);
    }

    private static String decimal(long seconds, int nanos) {
        return BigDecimal.valueOf(seconds)
                .add(BigDecimal.valueOf(nanos, 9))
                .stripTrailingZeros()
                .toPlainString();
    }
}
