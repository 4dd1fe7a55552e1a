package id.pantau.server.identity;

import org.jspecify.annotations.Nullable;

/// What is to change about a user; null leaves it as it is.
public record AccountChange(
        @Nullable String password,
        @Nullable Role role,
        @Nullable CameraRights cameras,
        @Nullable Language language) {
    public static AccountChange ofPassword(String password) {
        return new AccountChange(password, null, null, null);
    }

    /// Whether the user must sign in again: everything but the language.
    boolean endsSessions() {
        return password != null || role != null || cameras != null;
    }
}
