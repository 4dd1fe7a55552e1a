package id.pantau.server.recording;

import id.pantau.media.hub.StreamHub;
import java.time.Instant;
import java.util.Optional;

/// Says what is to be recorded, and from where. Thread-safe.
public interface RecordingControl {
    /// Takes effect at once and is stored: the coverage ledger knows from when on what was wanted.
    /// The same policy again changes nothing.
    void setPolicy(String camera, RecordingPolicy policy);

    /// The policy in force; empty for a camera that never had one.
    Optional<RecordingPolicy> policy(String camera);

    /// Begins to read a camera's stream and to record it as its policy says. A camera that is
    /// attached already is detached first.
    ///
    /// @param stream `main` or `sub`
    /// @param need asked when a camera of the mode `OFF` is to be recorded for once
    void attach(String camera, String stream, StreamHub hub, StreamNeed need);

    /// The same for a stream that comes by itself.
    default void attach(String camera, String stream, StreamHub hub) {
        attach(camera, stream, hub, StreamNeed.NONE);
    }

    /// Something happened: what the camera's mode reacts to is kept, with its pre-roll and
    /// post-roll, whatever was asked for in every mode. Returns at once, and touches no disk and no
    /// database; a camera without a recorder ignores it. Triggers of one moment may come up to 15 s
    /// late; what is kept already began no later than the first that came.
    void trigger(String camera, Trigger trigger);

    /// Ends what triggers of the reasons `MANUAL` and `API` ask for.
    void endAsked(String camera);

    /// Says that a camera was looked at up to a moment, and that every trigger from before was
    /// told; to be said about once a second. A camera of a selective mode for which nobody has said
    /// so for 10 s is recorded all the time until somebody does. Returns at once.
    ///
    /// @param upTo capture time of the last frame that was looked at, by the server's clock
    /// @param count what was seen since this was said last
    void analysed(String camera, Instant upTo, AnalysisCount count);

    default void analysed(String camera, Instant upTo) {
        analysed(camera, upTo, AnalysisCount.NONE);
    }

    /// Ends the camera's recorder and closes its segment; waits until that is done. What was wanted
    /// stays wanted: set the policy to `OFF` as well when a camera is disabled.
    void detach(String camera);

    RecordingState state(String camera);

    /// How many access units the recorders were too slow for since the start.
    long shedUnits();

    /// Deletes every segment of a camera that is not locked, its gaps and its policies.
    void forget(String camera);
}
