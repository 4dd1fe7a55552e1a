package id.pantau.server.journal;

import id.pantau.server.health.Alarm;
import id.pantau.server.health.AlarmListener;
import java.time.Clock;
import java.util.Map;

/// Writes down alarms of the server.
public final class AlarmJournal implements AlarmListener {
    private final Journal journal;
    private final Clock clock;

    public AlarmJournal(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void raised(Alarm alarm) {
        write("alarm.raised", alarm);
    }

    @Override
    public void cleared(Alarm alarm) {
        write("alarm.cleared", alarm);
    }

    private void write(String code, Alarm alarm) {
        journal.write(
                new JournalLine(
                        JournalCategory.SYSTEM,
                        clock.instant(),
                        code,
                        null,
                        Map.of(
                                "kind",
                                alarm.kind().text(),
                                "subject",
                                alarm.subject(),
                                "cause",
                                alarm.cause(),
                                "detail",
                                alarm.detail())));
    }
}
