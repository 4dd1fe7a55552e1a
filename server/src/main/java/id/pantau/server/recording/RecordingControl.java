package id.pantau.server.recording;

import id.pantau.media.hub.StreamHub;
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
    void attach(String camera, String stream, StreamHub hub);

    /// Ends the camera's recorder and closes its segment; waits until that is done. What was wanted
    /// stays wanted: set the policy to `OFF` as well when a camera is disabled.
    void detach(String camera);

    RecordingState state(String camera);

    /// How many access units the recorders were too slow for since the start.
    long shedUnits();

    /// Deletes every segment of a camera that is not locked, its gaps and its policies.
    void forget(String camera);
}
