package id.pantau.server.recording;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The alarms that are running now. Thread-safe.
final class Alarms {
    private final Clock clock;
    private final Consumer<RecordingFact> facts;
    private final Map<String, Alarm> running = new ConcurrentHashMap<>();

    Alarms(Clock clock, Consumer<RecordingFact> facts) {
        this.clock = clock;
        this.facts = facts;
    }

    /// Raises it, unless it is raised for the same cause already.
    void raise(Alarm.Kind kind, String subject, String cause, String detail) {
        String id = id(kind, subject);
        var alarm = new Alarm(id, kind, subject, cause, detail, clock.instant());
        Alarm before = running.get(id);
        if (before != null && before.cause().equals(cause)) {
            return;
        }
        if (running.put(id, alarm) instanceof Alarm other) {
            facts.accept(new RecordingFact.AlarmCleared(other));
        }
        facts.accept(new RecordingFact.AlarmRaised(alarm));
    }

    void clear(Alarm.Kind kind, String subject) {
        if (running.remove(id(kind, subject)) instanceof Alarm alarm) {
            facts.accept(new RecordingFact.AlarmCleared(alarm));
        }
    }

    List<Alarm> list() {
        return running.values().stream()
                .sorted(java.util.Comparator.comparing(Alarm::since).thenComparing(Alarm::id))
                .toList();
    }

    private static String id(Alarm.Kind kind, String subject) {
        return "recording-%s-%s".formatted(kind, subject).toLowerCase(java.util.Locale.ROOT);
    }
}
