package id.pantau.server.camera;

/// Told of every camera: of those there are when it starts listening, then of each change. Called
/// on the thread that makes the change, one call at a time; must not block for long.
public interface CameraListener {
    /// A camera was added, or anything about it changed. The hub of its streams stays the same
    /// object from the first call to [#cameraRemoved].
    void cameraSet(Camera camera);

    /// @param recordings what becomes of what was recorded
    void cameraRemoved(Camera camera, Recordings recordings);

    /// What happens to the recordings of a removed camera.
    enum Recordings {
        KEEP,
        DELETE
    }
}
