package id.pantau.server.camera;

import java.util.Locale;

/// What of a camera a finding is about.
public enum CameraPart {
    MAIN,
    SUB,
    /// The device itself, as it answers over ONVIF.
    DEVICE;

    /// `main`, `sub` or `device`, as in rows.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
