package id.pantau.server.app;

import id.pantau.server.database.Database;
import id.pantau.server.health.Alarm;
import id.pantau.server.health.Alarms;
import id.pantau.server.journal.Journal;
import id.pantau.server.journal.RecordingJournal;
import id.pantau.server.recording.Recording;
import id.pantau.server.recording.RecordingFact;
import id.pantau.server.recording.RecordingSettings;
import id.pantau.server.recording.Recordings;
import id.pantau.server.recording.VolumeStatus;
import id.pantau.server.recording.Volumes;
import id.pantau.server.web.ReadinessCheck;
import id.pantau.server.web.RecordingFacts;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The recorder, and where its facts go.
@Configuration(proxyBeanMethods = false)
class RecordingWiring {
    @Bean
    Recording recording(
            Database database,
            RecordingSettings settings,
            Clock clock,
            Alarms alarms,
            RecordingFacts facts,
            Journal journal) {
        var written = new RecordingJournal(journal, clock);
        return Recording.open(
                database,
                settings,
                clock,
                fact -> {
                    ring(alarms, fact);
                    facts.on(fact);
                    written.on(fact);
                });
    }

    @Bean
    Recordings recordings(Recording recording) {
        return recording.recordings();
    }

    /// A full or slow volume is helped by retention or time; nobody needs to be sent away.
    @Bean
    ReadinessCheck volumesReady(Volumes volumes) {
        return () ->
                volumes.list().stream()
                        .map(VolumeStatus::state)
                        .filter(state ->
                                switch (state) {
                                    case OK, FULL, SLOW -> false;
                                    case READ_ONLY, MISSING, FOREIGN -> true;
                                })
                        .findFirst()
                        .map("a volume for recordings is %s"::formatted);
    }

    private static void ring(Alarms alarms, RecordingFact fact) {
        switch (fact) {
            case RecordingFact.AlarmRaised(var raised) ->
                    alarms.raise(
                            raised.id(),
                            kind(raised.kind()),
                            raised.subject(),
                            raised.cause(),
                            raised.detail());
            case RecordingFact.AlarmCleared(var cleared) -> alarms.clear(cleared.id());
            case RecordingFact.SegmentClosed _,
                    RecordingFact.StateChanged _,
                    RecordingFact.GapClosed _ -> {}
        }
    }

    private static Alarm.Kind kind(id.pantau.server.recording.Alarm.Kind kind) {
        return switch (kind) {
            case VOLUME -> Alarm.Kind.VOLUME;
            case RECORDING -> Alarm.Kind.RECORDING;
            case CLOCK -> Alarm.Kind.CLOCK;
            case ANALYSIS -> Alarm.Kind.ANALYSIS;
        };
    }
}
