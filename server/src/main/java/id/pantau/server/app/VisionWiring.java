package id.pantau.server.app;

import id.pantau.media.hub.Sleeper;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.Cameras;
import id.pantau.server.database.Database;
import id.pantau.server.event.EventRepository;
import id.pantau.server.event.EventRetention;
import id.pantau.server.event.Events;
import id.pantau.server.event.QualityRepository;
import id.pantau.server.event.Snapshots;
import id.pantau.server.health.Alarms;
import id.pantau.server.journal.EventJournal;
import id.pantau.server.journal.Journal;
import id.pantau.server.models.Models;
import id.pantau.server.settings.Home;
import id.pantau.server.settings.SiteSettingsStore;
import id.pantau.server.vision.Analyses;
import id.pantau.server.vision.Stills;
import id.pantau.server.vision.Workers;
import id.pantau.server.web.EventFacts;
import id.pantau.server.web.ObjectSockets;
import id.pantau.vision.worker.WorkerProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The analysis of cameras, and where goes what it sees.
@Configuration(proxyBeanMethods = false)
class VisionWiring {
    private static final String WORKERS = "workers";
    private static final String SNAPSHOTS = "snapshots";

    @Bean
    Workers workers(Home home, WorkerProcess here, Models models, Alarms alarms, Clock clock) {
        return new Workers(
                home.resolve(WORKERS), here, models::current, alarms, Sleeper.SYSTEM, clock);
    }

    @Bean
    Analyses analyses(CameraStreams streams, Workers workers, Models models, Clock clock) {
        var random = RandomGenerator.getDefault();
        var analyses =
                new Analyses(streams, workers, models::current, Sleeper.SYSTEM, random, clock);
        models.listen(analyses::modelChanged);
        return analyses;
    }

    @Bean
    Stills stills(CameraStreams streams, WorkerProcess here, Workers workers) {
        return new Stills(streams, here, workers);
    }

    @Bean
    EventRepository eventRepository(Database database) {
        return new EventRepository(database);
    }

    @Bean
    QualityRepository qualityRepository(Database database) {
        return new QualityRepository(database);
    }

    @Bean
    Snapshots snapshots(Home home) {
        return new Snapshots(home.resolve(SNAPSHOTS));
    }

    @Bean
    Events events(EventRepository repository, QualityRepository qualities, Snapshots snapshots) {
        return new Events(repository, qualities, snapshots);
    }

    @Bean
    EventRetention eventRetention(
            Events events, Cameras cameras, SiteSettingsStore settings, Clock clock) {
        Supplier<Map<String, Duration>> kept =
                () ->
                        cameras.list().stream()
                                .collect(
                                        Collectors.toMap(
                                                camera -> camera.id().value(),
                                                camera -> kept(camera, settings)));
        return new EventRetention(events, kept, Sleeper.SYSTEM, clock);
    }

    private static Duration kept(Camera camera, SiteSettingsStore settings) {
        Integer own = camera.recording().retentionDays();
        return Duration.ofDays(own == null ? settings.current().defaultRetentionDays() : own);
    }

    @Bean
    InitializingBean observers(
            Analyses analyses,
            Events events,
            EventFacts facts,
            ObjectSockets sockets,
            RecordingTriggers triggers,
            Journal journal) {
        return () -> {
            analyses.listen(triggers); // first: what it says may not be late
            analyses.listen(events);
            analyses.listen(sockets);
            events.listen(facts);
            events.listen(sockets);
            events.listen(new EventJournal(journal));
        };
    }
}
