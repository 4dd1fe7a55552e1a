package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.database.Database;
import id.pantau.server.database.Dialect;
import id.pantau.server.database.TestDatabases;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CameraRepositoryTest {
    private static final Camera FULL =
            new Camera(
                    new CameraId("cam1"),
                    "Simpang Lima, arah \u200bselatan é 相机",
                    true,
                    new StreamSource(URI.create("rtsp://192.0.2.1/a?b=c"), StreamTransport.UDP),
                    new StreamSource(URI.create("rtmp://192.0.2.1/s"), StreamTransport.COMPAT),
                    "admin",
                    new Secret("p@ss'; drop table camera; --"),
                    new RecordingSettings(
                            RecordingSettings.Mode.OBJECT,
                            Duration.ofSeconds(30),
                            7,
                            5_000_000_000L,
                            Duration.ofSeconds(7),
                            Duration.ofSeconds(70),
                            Duration.ZERO,
                            "XCMO...".repeat(48)),
                    new CameraLocation(106.8272, -6.1754, 90.0),
                    List.of("gate", "pintu masuk"),
                    null,
                    Instant.parse("2026-11-21T07:00:00.123Z"));
    private static final Camera BARE =
            new Camera(
                    new CameraId("cam2"),
                    "Bare",
                    false,
                    new StreamSource(URI.create("rtsp://192.0.2.2/"), StreamTransport.TCP),
                    null,
                    null,
                    null,
                    RecordingSettings.DEFAULT,
                    null,
                    List.of(),
                    null,
                    Instant.parse("2026-11-21T07:00:00Z"));

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsWrittenIsRead(Dialect dialect, @TempDir Path home) throws Exception {
        try (Database database = TestDatabases.open(dialect, home)) {
            var repository = repository(database, home);
            repository.insert(FULL);
            repository.insert(BARE);
            assertThat(repository.list()).containsExactly(FULL, BARE);

            Camera swapped = with(BARE, FULL);
            repository.update(swapped);
            assertThat(repository.list()).containsExactly(FULL, swapped);

            repository.delete(FULL.id());
            assertThat(repository.list()).containsExactly(swapped);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void passwordsAreNotInTheDatabaseAndNeedTheKeyFile(Dialect dialect, @TempDir Path home)
            throws Exception {
        try (Database database = TestDatabases.open(dialect, home)) {
            repository(database, home).insert(FULL);
            String sealed =
                    database.read(jdbc ->
                            jdbc.sql("select password_sealed from camera")
                                    .query(String.class)
                                    .single());
            assertThat(sealed).startsWith("v1:").doesNotContain("drop table");

            Path other = home.resolve("other.key");
            var stranger = new CameraRepository(database, PasswordVault.open(other));
            assertThat(stranger.list().getFirst().password()).isNull();
        }
    }

    private static CameraRepository repository(Database database, Path home) throws Exception {
        return new CameraRepository(database, PasswordVault.open(home.resolve("camera.key")));
    }

    private static Camera with(Camera id, Camera rest) {
        return new Camera(
                id.id(),
                rest.name(),
                rest.enabled(),
                rest.main(),
                rest.sub(),
                rest.username(),
                rest.password(),
                rest.recording(),
                rest.location(),
                rest.labels(),
                null,
                id.createdAt());
    }
}
