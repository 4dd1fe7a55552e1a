package id.pantau.server.camera;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which encoded output of a camera.
public enum StreamName {
    /// Full quality: pulled while it is recorded or somebody watches.
    MAIN,
    /// Small picture: pulled while somebody watches.
    SUB,
    /// The sub stream, or the main one where there is none, encoded anew as H.264 while somebody
    /// watches; see [LiveTranscodes].
    TRANSCODE;

    /// What cameras send themselves.
    public static final List<StreamName> OF_CAMERAS = List.of(MAIN, SUB);

    /// `main` or `sub`, as in URLs and rows; `transcode`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// One of [#OF_CAMERAS].
    public static Optional<StreamName> find(String text) {
        return switch (text) {
            case "main" -> Optional.of(MAIN);
            case "sub" -> Optional.of(SUB);
            default -> Optional.empty();
        };
    }
}
