package id.pantau.media;

/// What a media track carries (ISO/IEC 14496-12 handler types `vide` and `soun`).
public enum MediaKind {
    VIDEO,
    AUDIO
}
