package id.pantau.server.recording;

import id.pantau.server.database.Database;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the recorder into the application: facts become application events. Needs a [Database], a
/// [Clock] and the property `pantau.home`.
@Configuration(proxyBeanMethods = false)
class RecordingConfiguration {
    @Bean(destroyMethod = "close")
    Recording recording(
            Database database,
            Clock clock,
            ApplicationEventPublisher events,
            @Value("${pantau.home}") Path home) {
        return Recording.open(
                database, RecordingSettings.inHome(home), clock, events::publishEvent);
    }

    @Bean
    Recordings recordings(Recording recording) {
        return recording.recordings();
    }
}
