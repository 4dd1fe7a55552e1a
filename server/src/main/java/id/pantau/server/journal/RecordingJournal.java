package id.pantau.server.journal;

import id.pantau.server.recording.RecordingFact;
import id.pantau.server.recording.RecordingListener;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// Writes down what the recorder did. Its alarms are the server's, and are written as such.
public final class RecordingJournal implements RecordingListener {
    private final Journal journal;
    private final Clock clock;

    public RecordingJournal(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void on(RecordingFact fact) {
        switch (fact) {
            case RecordingFact.SegmentClosed(var segment) ->
                    write(
                            segment.camera(),
                            "segment.closed",
                            Map.of(
                                    "segment",
                                    segment.id(),
                                    "seconds",
                                    Long.toString(segment.recorded().toSeconds()),
                                    "bytes",
                                    Long.toString(segment.sizeBytes()),
                                    "reason",
                                    segment.reason()));
            case RecordingFact.StateChanged(var camera, var state) ->
                    write(
                            camera,
                            "recording." + state.phase().name().toLowerCase(Locale.ROOT),
                            Map.of("detail", state.detail() == null ? "" : state.detail()));
            case RecordingFact.GapClosed(var camera, var gap) ->
                    write(
                            camera,
                            "gap.closed",
                            Map.of(
                                    "cause",
                                    gap.cause().name().toLowerCase(Locale.ROOT),
                                    "seconds",
                                    String.format(
                                            Locale.ROOT,
                                            "%.1f",
                                            Duration.between(gap.start(), gap.end()).toMillis()
                                                    / 1e3)));
            case RecordingFact.AlarmRaised _, RecordingFact.AlarmCleared _ -> {}
        }
    }

    private void write(String camera, String code, Map<String, String> params) {
        journal.write(
                new JournalLine(JournalCategory.RECORDING, clock.instant(), code, camera, params));
    }
}
