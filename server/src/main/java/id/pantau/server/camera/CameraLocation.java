package id.pantau.server.camera;

import org.jspecify.annotations.Nullable;

/// Where a camera stands and looks (WGS 84).
///
/// @param lon degrees east, -180..180
/// @param lat degrees north, -90..90
/// @param headingDeg clockwise from north, 0 up to but not including 360; null when unknown
public record CameraLocation(double lon, double lat, @Nullable Double headingDeg) {}
