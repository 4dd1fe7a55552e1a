package id.pantau.vision.health;

import java.time.Duration;

/// A condition begins or ends.
///
/// @param at media time of the frame it was noticed with; it began a while before, see
///   [HealthSettings]
public record HealthChange(Condition condition, boolean begins, Duration at) {}
