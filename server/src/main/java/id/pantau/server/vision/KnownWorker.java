package id.pantau.server.vision;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A worker that was given a key.
///
/// @param capacity the most cameras it may analyse
/// @param fingerprint SHA-256 of its certificate, in lower-case digits
/// @param cameAt when it was connected for the first time; null: its machine is not set up yet
record KnownWorker(
        String name, int capacity, String fingerprint, Instant addedAt, @Nullable Instant cameAt) {
    static final int MOST_CAPACITY = 256;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    KnownWorker came(Instant at) {
        return new KnownWorker(name, capacity, fingerprint, addedAt, at);
    }

    static void check(String name, int capacity) {
        if (!NAME.matcher(name).matches()) {
            throw new WorkersException(
                    WorkersException.Reason.NAME_INVALID,
                    "A worker's name has 1 to 40 lower-case letters, digits and hyphens, a letter or digit first.");
        }
        if (capacity < 1 || capacity > MOST_CAPACITY) {
            throw new WorkersException(
                    WorkersException.Reason.CAPACITY_INVALID,
                    "A worker analyses 1 to %d cameras, not %d."
                            .formatted(MOST_CAPACITY, capacity));
        }
    }
}
