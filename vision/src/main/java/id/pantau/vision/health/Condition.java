package id.pantau.vision.health;

/// What can be wrong with a picture that comes.
public enum Condition {
    /// The same picture again and again, although units come.
    FROZEN,
    /// Nothing but dark.
    BLACK,
    /// Out of focus, or something is before the lens.
    BLURRED,
    /// Another view than the one it has had for long.
    MOVED
}
