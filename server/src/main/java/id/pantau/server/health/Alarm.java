package id.pantau.server.health;

import java.time.Instant;
import java.util.Locale;

/// Something a person should look at, until it is over.
///
/// @param id the same each time this trouble comes
/// @param subject id of the volume or camera, path of the certificate, name of the worker
/// @param cause stable word: `FULL`, `UNREACHABLE`
/// @param detail one English sentence, without credentials
public record Alarm(
        String id, Kind kind, String subject, String cause, String detail, Instant since) {
    public enum Kind {
        VOLUME,
        CAMERA,
        RECORDING,
        CLOCK,
        ANALYSIS,
        CERTIFICATE,
        RELAY,
        WORKER;

        /// As in the HTTP contract.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
