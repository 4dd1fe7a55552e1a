package id.pantau.server.event;

import id.pantau.vision.count.Crossing;

/// How many objects of one class have passed one line in one direction.
public record LineCount(String line, Crossing.Direction direction, String label, long count) {}
