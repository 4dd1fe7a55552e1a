package id.pantau.server.recording;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A volume could not do what a recorder asked. The volume knows and says so to everybody.
final class VolumeTrouble extends IOException {
    private static final long serialVersionUID = 1;

    VolumeTrouble(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
