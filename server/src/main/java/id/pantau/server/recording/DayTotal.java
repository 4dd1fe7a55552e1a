package id.pantau.server.recording;

import java.time.Duration;
import java.time.LocalDate;

/// One day of the calendar, in the zone asked for.
///
/// @param gap missing although wanted; skipped clock time and switched-off time are not counted
public record DayTotal(LocalDate day, Duration recorded, Duration gap) {}
