package id.pantau.server.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/// A range of time as requests give it.
///
/// @param until exclusive
record TimeRange(Instant from, Instant until) {
    /// @param longest what the answer may span
    /// @throws ApiProblem for what is no instant, no range or too long
    static TimeRange of(String from, String until, Duration longest) {
        Instant start = instant("from", from);
        Instant end = instant("until", until);
        if (!start.isBefore(end)) {
            throw ApiProblem.invalid("until", "range.empty", "must be after from");
        }
        if (Duration.between(start, end).compareTo(longest) > 0) {
            throw ApiProblem.invalid(
                    "until",
                    "range.tooLong",
                    "must be at most %d hours after from".formatted(longest.toHours()));
        }
        return new TimeRange(start, end);
    }

    private static Instant instant(String field, String text) {
        try {
            // an offset's + in a query means a blank unless it is escaped
            Instant instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (instant.isBefore(Instant.EPOCH)
                    || instant.isAfter(Instant.EPOCH.plus(1_000_000, ChronoUnit.DAYS))) {
                throw new DateTimeException("far away");
            }
            return instant;
        } catch (DateTimeException _) {
            throw ApiProblem.invalid(
                    field, "range.notAnInstant", "must be an instant such as 2026-11-21T07:00:00Z");
        }
    }
}
