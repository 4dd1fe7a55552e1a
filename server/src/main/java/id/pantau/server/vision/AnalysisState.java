package id.pantau.server.vision;

import id.pantau.server.camera.StreamName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the analysis of a camera stands.
///
/// @param since of the phase
/// @param detail why it is in this phase, a sentence; null when that goes without saying
/// @param stream that is analysed; null while none is
/// @param keyFramesOnly one picture a GOP: there is no small stream, and the large one is too much
/// @param model id of the detector's; null: motion alone
/// @param worker name of the one on another machine that analyses it; null: this machine's, or none
///   yet
/// @param fps pictures a second that motion was looked for in
/// @param lookedFps of these, that a detector looked at
/// @param passedOverFps that it should have looked at and was too busy for
public record AnalysisState(
        Phase phase,
        Instant since,
        @Nullable String detail,
        @Nullable StreamName stream,
        boolean keyFramesOnly,
        @Nullable String model,
        @Nullable String worker,
        double fps,
        double lookedFps,
        double passedOverFps) {
    public enum Phase {
        OFF,
        /// For the stream, for the worker, or for the next try.
        WAITING,
        ANALYSING,
        /// Not tried again until the camera is saved.
        SET_ASIDE
    }

    static AnalysisState of(Phase phase, Instant since, @Nullable String detail) {
        return new AnalysisState(phase, since, detail, null, false, null, null, 0, 0, 0);
    }

    AnalysisState rates(double nextFps, double nextLookedFps, double nextPassedOverFps) {
        return new AnalysisState(
                phase,
                since,
                detail,
                stream,
                keyFramesOnly,
                model,
                worker,
                nextFps,
                nextLookedFps,
                nextPassedOverFps);
    }
}
