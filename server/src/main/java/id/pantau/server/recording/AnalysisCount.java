package id.pantau.server.recording;

/// What the stages of the analysis saw since the last time they told.
///
/// @param looked frames that were looked at
/// @param withMotion those of them in which something moved
/// @param withDetection those of them in which something was recognised
public record AnalysisCount(long looked, long withMotion, long withDetection) {
    public static final AnalysisCount NONE = new AnalysisCount(0, 0, 0);

    public AnalysisCount {
        if (looked < 0 || withMotion < 0 || withDetection < 0) {
            throw new IllegalArgumentException("frames cannot be fewer than none");
        }
    }

    AnalysisCount plus(AnalysisCount other) {
        return new AnalysisCount(
                looked + other.looked,
                withMotion + other.withMotion,
                withDetection + other.withDetection);
    }
}
