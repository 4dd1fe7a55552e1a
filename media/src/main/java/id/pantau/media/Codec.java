package id.pantau.media;

/// The codecs that are carried, recorded and served. Everything else is refused by name when a
/// camera is probed.
public enum Codec {
    H264(MediaKind.VIDEO, "H.264"),
    H265(MediaKind.VIDEO, "H.265"),
    AAC(MediaKind.AUDIO, "AAC"),
    /// G.711 µ-law.
    PCMU(MediaKind.AUDIO, "G.711 µ-law"),
    /// G.711 A-law.
    PCMA(MediaKind.AUDIO, "G.711 A-law"),
    OPUS(MediaKind.AUDIO, "Opus"),
    /// Never sent by a camera: the lossless shape in which G.711 reaches a browser.
    FLAC(MediaKind.AUDIO, "FLAC");

    private final MediaKind kind;
    private final String label;

    Codec(MediaKind kind, String label) {
        this.kind = kind;
        this.label = label;
    }

    public MediaKind kind() {
        return kind;
    }

    /// The name people know it by.
    public String label() {
        return label;
    }
}
