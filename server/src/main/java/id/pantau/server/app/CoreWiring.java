package id.pantau.server.app;

import id.pantau.media.hub.Sleeper;
import id.pantau.server.database.Database;
import id.pantau.server.database.DatabaseSettings;
import id.pantau.server.health.Alarms;
import id.pantau.server.identity.Accounts;
import id.pantau.server.identity.CsrfTokens;
import id.pantau.server.identity.Identity;
import id.pantau.server.identity.IdentitySettings;
import id.pantau.server.identity.Setup;
import id.pantau.server.identity.SignIns;
import id.pantau.server.identity.StreamPasswords;
import id.pantau.server.identity.Tickets;
import id.pantau.server.journal.Journal;
import id.pantau.server.settings.Home;
import id.pantau.server.settings.SiteSettingsStore;
import id.pantau.server.tls.Tls;
import id.pantau.server.tls.TlsSettings;
import id.pantau.server.tls.UnusableCertificateException;
import id.pantau.server.web.ReadinessCheck;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What every domain stands on: clock, database, identity, site settings, the certificate. `Home`
/// and the start-up settings are put into the context by [Server].
@Configuration(proxyBeanMethods = false)
class CoreWiring {
    private static final String LOGS = "logs";

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Database database(DatabaseSettings settings) {
        return Database.open(settings);
    }

    @Bean
    Tls tls(TlsSettings settings, SiteSettingsStore site, Alarms alarms, Clock clock)
            throws UnusableCertificateException {
        return Tls.open(withPublicHost(settings, site), alarms, clock, Sleeper.SYSTEM);
    }

    /// A certificate the server makes for itself holds the name it has outside, too.
    private static TlsSettings withPublicHost(TlsSettings settings, SiteSettingsStore site) {
        if (!(settings instanceof TlsSettings.SelfSigned(var file, var hosts))) {
            return settings;
        }
        return new TlsSettings.SelfSigned(
                file,
                () ->
                        Stream.concat(
                                        hosts.get().stream(),
                                        Stream.of(site.current().publicAddress().host())
                                                .filter(host -> !host.isEmpty()))
                                .toList());
    }

    @Bean
    Journal journal(Home home, Clock clock) {
        return new Journal(home.resolve(LOGS), clock);
    }

    @Bean
    SiteSettingsStore siteSettingsStore(Database database) {
        return new SiteSettingsStore(database);
    }

    @Bean
    Identity identity(Database database, Home home, IdentitySettings settings, Clock clock)
            throws IOException {
        return Identity.open(database, home.path(), settings, clock);
    }

    @Bean
    Accounts accounts(Identity identity) {
        return identity.accounts();
    }

    @Bean
    SignIns signIns(Identity identity) {
        return identity.signIns();
    }

    @Bean
    Tickets tickets(Identity identity) {
        return identity.tickets();
    }

    @Bean
    StreamPasswords streamPasswords(Identity identity) {
        return identity.streamPasswords();
    }

    @Bean
    CsrfTokens csrfTokens(Identity identity) {
        return identity.csrfTokens();
    }

    @Bean
    Setup setup(Identity identity) {
        return identity.setup();
    }

    @Bean
    ReadinessCheck databaseAnswers(Database database) {
        return () -> {
            try {
                database.read(jdbc -> jdbc.sql("select 1").query(Integer.class).single());
                return Optional.empty();
            } catch (RuntimeException e) {
                return Optional.of("the database does not answer");
            }
        };
    }
}
