package id.pantau.server.recording;

/// What was wanted of a camera from a moment on.
///
/// @param fromMs UTC epoch ms
record PolicyRow(String camera, long fromMs, RecordingPolicy policy) {}
