package id.pantau.server.camera;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was seen of a stream in a few seconds.
///
/// @param failure why nothing could be seen; null when it plays
/// @param advice what to do about the failure, one sentence; null when it plays
/// @param format null when it does not play
/// @param keyFrameInterval null when fewer than two key frames came
/// @param server what the camera calls itself; null when it says nothing
public record ProbeReport(
        @Nullable StreamEnd failure,
        @Nullable String advice,
        @Nullable StreamFormat format,
        double fps,
        long bitrateBps,
        @Nullable Duration keyFrameInterval,
        StreamTransport transport,
        @Nullable String server,
        List<Finding> findings) {
    public ProbeReport {
        findings = List.copyOf(findings);
    }

    public boolean plays() {
        return failure == null;
    }

    public boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }
}
