package id.pantau.server.journal;

import id.pantau.server.event.Event;
import id.pantau.server.event.EventListener;
import id.pantau.server.event.EventType;
import id.pantau.server.event.PictureFlaw;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Writes down what happened before the cameras: motion into its file, everything about objects
/// into theirs.
public final class EventJournal implements EventListener {
    private final Journal journal;

    public EventJournal(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void began(Event event, Set<PictureFlaw> flaws) {
        write(event, event.type() == EventType.LINE ? "passed" : "began", event.start());
    }

    @Override
    public void changed(Event event, Set<PictureFlaw> flaws) {
        Instant end = event.end();
        if (end != null) {
            write(event, "ended", end);
        }
    }

    private void write(Event event, String what, Instant at) {
        JournalCategory category =
                switch (event.type()) {
                    case MOTION -> JournalCategory.MOTION;
                    case OBJECT, LINE, ZONE_ENTER, ZONE_DWELL -> JournalCategory.OBJECT;
                    case FROZEN, BLACK, BLURRED, MOVED -> JournalCategory.SYSTEM;
                };
        String code =
                switch (event.type()) {
                    case MOTION -> "motion";
                    case OBJECT -> "object";
                    case LINE -> "line";
                    case ZONE_ENTER -> "zone";
                    case ZONE_DWELL -> "dwell";
                    case FROZEN -> "frozen";
                    case BLACK -> "black";
                    case BLURRED -> "blurred";
                    case MOVED -> "moved";
                };
        journal.write(
                new JournalLine(category, at, code + "." + what, event.camera(), params(event)));
    }

    private static Map<String, String> params(Event event) {
        var params = new HashMap<String, String>();
        params.put("event", event.id());
        if (event.label() != null) {
            params.put("label", event.label());
        }
        if (event.score() != null) {
            params.put("score", String.format(Locale.ROOT, "%.2f", event.score()));
        }
        if (event.placeName() != null) {
            params.put("place", event.placeName());
        }
        if (event.direction() != null) {
            params.put("direction", event.direction().name().toLowerCase(Locale.ROOT));
        }
        Instant end = event.end();
        if (end != null) {
            params.put("seconds", Long.toString(Duration.between(event.start(), end).toSeconds()));
        }
        return params;
    }
}
