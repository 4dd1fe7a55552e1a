package id.pantau.server.camera;

import java.util.Locale;
import java.util.Optional;

/// Which encoded output of a camera.
public enum StreamName {
    /// Full quality: pulled while it is recorded or somebody watches.
    MAIN,
    /// Small picture: pulled while somebody watches.
    SUB;

    /// `main` or `sub`, as in URLs and rows.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<StreamName> find(String text) {
        return switch (text) {
            case "main" -> Optional.of(MAIN);
            case "sub" -> Optional.of(SUB);
            default -> Optional.empty();
        };
    }
}
