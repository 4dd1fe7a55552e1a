package id.pantau.server.journal;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that happened.
///
/// @param code stable, of the catalogue: `object.began`
/// @param camera its id; null when it is about none
/// @param params of the sentence
public record JournalLine(
        JournalCategory category,
        Instant at,
        String code,
        @Nullable String camera,
        Map<String, String> params) {
    public JournalLine {
        params = Map.copyOf(params);
    }
}
