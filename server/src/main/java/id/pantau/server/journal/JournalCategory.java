package id.pantau.server.journal;

import java.util.Locale;

/// Which file a line goes to.
public enum JournalCategory {
    MOTION,
    OBJECT,
    RECORDING,
    SYSTEM;

    String fileName() {
        return name().toLowerCase(Locale.ROOT) + ".jsonl";
    }
}
