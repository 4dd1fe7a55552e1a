package id.pantau.server.recording;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something happened at a camera that may be worth keeping.
///
/// @param from when it began, by the server's clock; may lie some seconds back
/// @param until when it ended, as far as known: while it goes on, later triggers move it
/// @param detail for the log; null when the reason says it all
public record Trigger(Reason reason, Instant from, Instant until, @Nullable String detail) {
    public static final Duration LONGEST = Duration.ofHours(24);

    public Trigger {
        if (reason == Reason.CONTINUOUS) {
            throw new IllegalArgumentException("nothing triggers a continuous recording");
        }
        if (until.isBefore(from) || Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a trigger lasts 0 to 24 h: %s to %s".formatted(from, until));
        }
    }

    /// Whether both are one: they touch, or the rest between them is shorter than `within`.
    boolean joins(Trigger other, Duration within) {
        return reason == other.reason
                && !other.from.isAfter(until.plus(within))
                && !from.isAfter(other.until.plus(within));
    }

    Trigger endedAt(long atMs) {
        Instant at = Instant.ofEpochMilli(atMs);
        Instant end = at.isBefore(from) ? from : at;
        return end.isBefore(until) ? new Trigger(reason, from, end, detail) : this;
    }

    /// From the first's beginning to the last's end, cut to what a trigger may be.
    Trigger with(Trigger other) {
        Instant start = from.isBefore(other.from) ? from : other.from;
        Instant end = until.isAfter(other.until) ? until : other.until;
        Instant longest = end.minus(LONGEST);
        return new Trigger(
                reason,
                start.isBefore(longest) ? longest : start,
                end,
                other.detail == null ? detail : other.detail);
    }
}
