package id.pantau.server.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A user as administrators see one.
///
/// @param lastSignInAt null before the first sign-in
public record Account(
        String username,
        Role role,
        CameraRights cameras,
        Language language,
        Instant createdAt,
        @Nullable Instant lastSignInAt) {
    public Account {
        if (role == Role.ADMINISTRATOR) {
            cameras = new CameraRights.All();
        }
    }

    public Actor actor() {
        return new Actor(username, role, language, cameras);
    }
}
