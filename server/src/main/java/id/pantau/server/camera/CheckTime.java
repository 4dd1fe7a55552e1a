package id.pantau.server.camera;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When the nightly examination begins: once each day of the site's calendar. Where the clock is
/// put forward over that time it begins as much later, and where it is put back the first of both.
///
/// @param at null when it is switched off
public record CheckTime(ZoneId zone, @Nullable LocalTime at) {
    /// The newest beginning that is not after `now`.
    Optional<Instant> latest(Instant now) {
        LocalTime time = at;
        if (time == null) {
            return Optional.empty();
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant begin = begin(today, time);
        return Optional.of(begin.isAfter(now) ? begin(today.minusDays(1), time) : begin);
    }

    /// The first beginning after `now`.
    public Optional<Instant> next(Instant now) {
        LocalTime time = at;
        if (time == null) {
            return Optional.empty();
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant begin = begin(today, time);
        return Optional.of(begin.isAfter(now) ? begin : begin(today.plusDays(1), time));
    }

    private Instant begin(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(zone).toInstant();
    }
}
