package id.pantau.server.recording;

import id.pantau.media.GapCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Time that was wanted and is not recorded.
///
/// @param end exclusive
/// @param detail one English sentence, without credentials; null when the cause says it all
public record Gap(Instant start, Instant end, GapCause cause, @Nullable String detail) {}
