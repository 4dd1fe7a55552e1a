/// What happened before the cameras: events, their snapshots, and the crossings that counts are
/// made of.
///
/// Owns the tables `event`, `event_seen`, `crossing` and `picture_quality`, the folder `snapshots`
/// of the home, and the threads `event-writer` and `event-retention`. Hears `vision`; calls
/// `camera` and `database`. The analysis never waits for it: what it cannot store in time is
/// dropped, counted and logged.
@NullMarked
package id.pantau.server.event;

import org.jspecify.annotations.NullMarked;
