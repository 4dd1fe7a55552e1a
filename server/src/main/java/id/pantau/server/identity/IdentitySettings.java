package id.pantau.server.identity;

import java.time.Duration;

/// How long proofs of identity last.
///
/// @param sessionIdle a browser unused for this long must sign in again
/// @param sessionLife and this long after signing in it must, used or not
/// @param tokenLife of a program's bearer token
/// @param ticketLife of a media ticket
public record IdentitySettings(
        Duration sessionIdle, Duration sessionLife, Duration tokenLife, Duration ticketLife) {
    public static final IdentitySettings DEFAULTS =
            new IdentitySettings(
                    Duration.ofHours(12),
                    Duration.ofDays(7),
                    Duration.ofDays(1),
                    Duration.ofMinutes(5));

    public IdentitySettings {
        requirePositive("sessionIdle", sessionIdle);
        requirePositive("sessionLife", sessionLife);
        requirePositive("tokenLife", tokenLife);
        requirePositive("ticketLife", ticketLife);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "identity." + name + " must be longer than nothing: " + value);
        }
    }
}
