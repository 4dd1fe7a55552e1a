package id.pantau.server.event;

import id.pantau.vision.Box;

/// Where an object was.
///
/// @param ms since the event's start
public record PathPoint(long ms, Box box) {}
