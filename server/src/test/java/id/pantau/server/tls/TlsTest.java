package id.pantau.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.database.Database;
import id.pantau.server.database.Dialect;
import id.pantau.server.database.TestDatabases;
import id.pantau.server.health.Alarm;
import id.pantau.server.health.Alarms;
import id.pantau.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The certificate in use, as its files and the clock change. Every look is asked for.
@Timeout(60)
class TlsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final long DAY_S = 86_400;

    private final ManualClock clock = ManualClock.startingAt(NOW);
    private final TestAuthority authority = new TestAuthority();

    @TempDir private Path folder;
    private Database database;
    private Alarms alarms;

    @BeforeEach
    void open() {
        database = TestDatabases.open(Dialect.SQLITE, folder);
        alarms = new Alarms(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Tls start(TlsSettings settings) throws Exception {
        Tls tls = Tls.open(settings, alarms, clock, clock);
        clock.awaitSleepers(1);
        return tls;
    }

    private void look() throws InterruptedException {
        clock.advance(Duration.ofSeconds(10));
        clock.awaitSleepers(1);
    }

    private List<String> causes() {
        return alarms.list().stream().map(Alarm::cause).toList();
    }

    private static String fingerprint(Tls tls) {
        return tls.certificate().orElseThrow().fingerprint();
    }

    @Test
    void theServersOwnCertificateIsMadeOnceAndKeptForItsOwnerAlone() throws Exception {
        Path file = folder.resolve("tls.pem");
        var settings =
                new TlsSettings.SelfSigned(file, () -> List.of("toko.example", "203.0.113.7"));
        String first;
        try (Tls tls = start(settings)) {
            first = fingerprint(tls);
            ServerCertificate made = tls.certificate().orElseThrow();
            assertThat(made.isSelfSigned()).isTrue();
            assertThat(made.hosts())
                    .contains("toko.example", "203.0.113.7", "localhost", "127.0.0.1");
            assertThat(made.validUntil()).isBefore(NOW.plusSeconds(825 * DAY_S));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        try (Tls tls = start(settings)) {
            assertThat(fingerprint(tls)).isEqualTo(first).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
            clock.advance(Duration.ofDays(800));
            clock.awaitSleepers(1);
            assertThat(causes()).containsExactly("EXPIRES_SOON");
            assertThat(alarms.list().getFirst().detail()).contains("remove " + file);
            Files.delete(file);
            look();
            assertThat(fingerprint(tls)).isNotEqualTo(first);
            assertThat(causes()).isEmpty();
        }
    }

    @Test
    void renewedFilesCountAtOnceAndBrokenOnesLeaveTheOldCertificate() throws Exception {
        Path chain = folder.resolve("fullchain.pem");
        Path key = folder.resolve("privkey.pem");
        authority.write(chain, key, NOW.plusSeconds(90 * DAY_S));
        try (Tls tls = start(new TlsSettings.OwnFiles(chain, key))) {
            List<SSLContext> told = new CopyOnWriteArrayList<>();
            tls.listen(told::add);
            String first = fingerprint(tls);
            SSLContext before = tls.context();
            look();
            assertThat(tls.context()).isSameAs(before);

            Files.writeString(chain, "half a fi");
            look();
            assertThat(causes()).as("certbot is not done yet").isEmpty();
            look();
            assertThat(causes()).containsExactly("UNUSABLE");
            assertThat(alarms.list().getFirst().subject()).isEqualTo(chain.toString());
            assertThat(fingerprint(tls)).isEqualTo(first);

            authority.write(chain, key, NOW.plusSeconds(180 * DAY_S));
            look();
            assertThat(causes()).isEmpty();
            assertThat(fingerprint(tls)).isNotEqualTo(first);
            assertThat(told).containsExactly(tls.context());
        }
    }

    @Test
    void anExpiredCertificateIsAnAlarmAndNoReasonNotToStart() throws Exception {
        Path chain = folder.resolve("fullchain.pem");
        Path key = folder.resolve("privkey.pem");
        authority.write(chain, key, NOW.minusSeconds(DAY_S));
        try (Tls tls = start(new TlsSettings.OwnFiles(chain, key))) {
            assertThat(tls.isOn()).isTrue();
            assertThat(causes()).containsExactly("EXPIRED");
            assertThat(alarms.list().getFirst().detail())
                    .contains(chain.toString(), "2026-02-28T00:00:00Z", "replace the files");
            authority.write(chain, key, NOW.plusSeconds(500 * DAY_S));
            look();
            assertThat(causes()).as("the clock is wrong").containsExactly("NOT_YET_VALID");
            authority.write(chain, key, NOW.plusSeconds(31 * DAY_S));
            look();
            assertThat(causes()).isEmpty();
            clock.advance(Duration.ofDays(2));
            clock.awaitSleepers(1);
            assertThat(causes()).containsExactly("EXPIRES_SOON");
        }
    }
}
