package id.pantau.server.event;

/// What kind of thing happened. Names are stored.
public enum EventType {
    /// Something moved.
    MOTION,
    /// An object of a class that counts came, moved and went.
    OBJECT,
    /// An object passed a line.
    LINE,
    /// An object is or was in a zone.
    ZONE_ENTER,
    /// An object stayed in a zone for as long as the zone says.
    ZONE_DWELL
}
