package id.pantau.server.recording;

import java.util.List;

/// The directories that hold recordings. Thread-safe.
public interface Volumes {
    /// By path.
    List<VolumeStatus> list();
}
