package id.pantau.server.vision;

import id.pantau.server.camera.Camera;
import id.pantau.vision.worker.AnalysisMessage;
import id.pantau.vision.worker.Sighting;

/// Hears what is seen, on the thread of the camera's analysis: of one camera in order and one at a
/// time. It returns soon and waits for nobody: meanwhile what the worker says is dropped.
public interface AnalysisListener {
    /// Once for each picture with something in it, and once a second.
    ///
    /// @param camera with the settings it is analysed by
    /// @param named whether a detector gives names to objects
    void seen(Camera camera, Sighting sighting, boolean named);

    /// A view of an object; a later one of the same object is better.
    default void shot(Camera camera, AnalysisMessage.Shot shot) {}

    /// What is wrong with the camera's picture, or is no longer.
    default void healthChanged(Camera camera, AnalysisMessage.HealthChanged change) {}

    /// How good the pictures of the last minute were.
    default void minuteEnded(Camera camera, AnalysisMessage.Quality quality) {}

    /// Pictures go to the worker from now on.
    default void begun(Camera camera) {}

    /// The analysis has broken off or ended; nothing that was seen goes on.
    default void interrupted(Camera camera) {}

    /// The camera is not known any more.
    default void removed(Camera camera, boolean withRecordings) {}
}
