package id.pantau.server.recording;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/// What each mode kept, or would have kept, of one camera on one day.
///
/// @param media how long media came
/// @param kept one for each mode but `OFF`, in the order of the modes
/// @param count what the stages of the analysis saw
public record DayComparison(LocalDate day, Duration media, List<Kept> kept, AnalysisCount count) {
    public DayComparison {
        kept = List.copyOf(kept);
    }

    /// @param length with what is kept before and after, without the rest of a GOP
    /// @param sizeBytes by the camera's bitrate of that day
    /// @param spans how many stretches begin on that day
    public record Kept(RecordingPolicy.Mode mode, Duration length, long sizeBytes, int spans) {}
}
