package id.pantau.server.camera;

import id.pantau.media.hub.ConnectGate;
import id.pantau.server.database.Database;
import id.pantau.server.database.Dialect;
import id.pantau.server.database.TestDatabases;
import id.pantau.server.onvif.Onvif;
import id.pantau.testkit.ManualClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Everything that examining cameras needs, with a clock that stands still.
final class CheckRoom implements AutoCloseable {
    static final UrlRules RULES = UrlRules.system(_ -> false);

    final ManualClock clock;
    final Cameras cameras;
    final CameraStreams streams;
    final CameraChecks checks;
    private final CameraDevices devices;
    private final Database database;

    CheckRoom(Path home, Instant start, StreamOpener opener) throws Exception {
        clock = ManualClock.startingAt(start);
        database = TestDatabases.open(Dialect.SQLITE, home);
        var repository =
                new CameraRepository(database, PasswordVault.open(home.resolve("camera.key")));
        cameras = new Cameras(repository, new CameraRules(RULES), clock);
        var random = RandomGenerator.of("L64X128MixRandom");
        streams =
                new CameraStreams(
                        opener,
                        new ConnectGate(8),
                        _ -> Thread.sleep(Duration.ofDays(1)), // tries once
                        random,
                        Clock.systemUTC());
        devices =
                new CameraDevices(
                        new Onvif(new DeviceRules(RULES), Clock.systemUTC()),
                        _ -> {},
                        _ -> Thread.sleep(Duration.ofDays(1)),
                        random,
                        Clock.systemUTC());
        checks = new CameraChecks(streams, devices, new FindingRepository(database), clock);
        cameras.listen(streams);
        cameras.listen(devices);
        cameras.listen(checks);
    }

    Camera switchOff(Camera camera) {
        return cameras.change(
                camera.id(),
                draft ->
                        new CameraDraft(
                                draft.id(),
                                draft.name(),
                                false,
                                draft.main(),
                                null,
                                null,
                                null,
                                draft.recording(),
                                null,
                                List.of()));
    }

    /// @param sub null for a camera without
    /// @param onvif null for a camera without
    Camera add(
            String id,
            URI main,
            @Nullable URI sub,
            @Nullable String onvif,
            RecordingSettings.Mode mode) {
        return cameras.add(
                new CameraDraft(
                        id,
                        id,
                        true,
                        new CameraDraft.Stream(main.toString(), StreamTransport.TCP),
                        sub == null
                                ? null
                                : new CameraDraft.Stream(sub.toString(), StreamTransport.TCP),
                        "admin",
                        new Secret("geheim"),
                        new RecordingSettings(mode, Duration.ofSeconds(30), null, null),
                        null,
                        List.of(),
                        onvif,
                        VisionSettings.DEFAULT));
    }

    @Override
    public void close() {
        devices.close();
        streams.close();
        database.close();
    }
}
