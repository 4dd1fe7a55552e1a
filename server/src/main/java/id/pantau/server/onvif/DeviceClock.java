package id.pantau.server.onvif;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// A device's time (GetSystemDateAndTime, `tt:SystemDateTime`).
final class DeviceClock {
    /// Less is the second that the answer is rounded to, and the network.
    static final Duration NOTICEABLE = Duration.ofSeconds(2);

    /// The answer has whole seconds, cut off: on average half of one is missing.
    private static final long HALF_A_SECOND_MS = 500;

    private DeviceClock() {}

    /// Empty when the device gives no UTC time, or one that is none: its local time says nothing
    /// without rules for its zone, which devices write in many ways.
    static Optional<Instant> read(XmlElement response) {
        return response.find("UTCDateTime").flatMap(DeviceClock::instant);
    }

    private static Optional<Instant> instant(XmlElement utc) {
        try {
            return Optional.of(
                    LocalDateTime.of(
                                    utc.whole("Date", "Year"),
                                    utc.whole("Date", "Month"),
                                    utc.whole("Date", "Day"),
                                    utc.whole("Time", "Hour"),
                                    utc.whole("Time", "Minute"),
                                    Math.min(utc.whole("Time", "Second"), 59)) // 61 is allowed
                            .toInstant(ZoneOffset.UTC)
                            .plusMillis(HALF_A_SECOND_MS));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
