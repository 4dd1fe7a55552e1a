package id.pantau.server.camera;

import java.time.Instant;

/// A finding at one part of a camera, kept until an examination does not find it any more.
///
/// @param since when it was first found, of all the examinations without a break that found it
public record CameraFinding(CameraPart part, Finding finding, Instant since) {}
