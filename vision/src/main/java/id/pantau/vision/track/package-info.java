/// Follows objects over time: ByteTrack (Zhang et al., 2022) with a Kalman filter in seconds,
/// carried by detections and by moving blobs together. Plain Java, no native code; not thread-safe.
@NullMarked
package id.pantau.vision.track;

import org.jspecify.annotations.NullMarked;
