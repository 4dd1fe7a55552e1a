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
    ZONE_DWELL,
    /// The camera shows the same picture again and again.
    FROZEN,
    /// The camera shows nothing but dark.
    BLACK,
    /// The camera is out of focus, or something is before its lens.
    BLURRED,
    /// The camera looks elsewhere than it used to.
    MOVED
}
