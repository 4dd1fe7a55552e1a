package id.pantau.server.app;

import id.pantau.server.identity.Accounts;
import id.pantau.server.identity.CameraRights;
import id.pantau.server.identity.Language;
import id.pantau.server.identity.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/// The real server on a free port with a home of its own, started once and shared by every test of
/// the JVM. Tests that change it use users and cameras of their own.
///
/// Its users: `admin` (administrator), `guard` (operator who sees camera `cam-matrix` only).
public final class TestServer {
    public static final String ADMIN = "admin";
    public static final String ADMIN_PASSWORD = "kopi susu gula aren";
    public static final String GUARD = "guard";
    public static final String GUARD_PASSWORD = "satpam malam 7";

    /// The camera the operator `guard` may see; another one they may not.
    public static final String CAMERA = "cam-matrix";

    private static @Nullable TestServer shared;

    private final Server server;
    private final Path home;

    private TestServer(Server server, Path home) {
        this.server = server;
        this.home = home;
    }

    public static synchronized TestServer shared() {
        if (shared == null) {
            shared = start(Map.of("PANTAU_ADMIN_PASSWORD", ADMIN_PASSWORD));
            shared.server
                    .bean(Accounts.class)
                    .add(
                            GUARD,
                            GUARD_PASSWORD,
                            Role.OPERATOR,
                            new CameraRights.Only(Set.of(CAMERA)),
                            Language.EN);
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /// One of its own, for tests of the start itself; close it.
    public static TestServer start(Map<String, String> environment) {
        try {
            Path home = Files.createTempDirectory("pantau-test");
            Map<String, String> all = new HashMap<>(environment);
            all.putIfAbsent("PANTAU_HTTP_PORT", "0");
            all.putIfAbsent("PANTAU_RTSP_PORT", "0");
            all.putIfAbsent("PANTAU_RTMP_PORT", "0");
            all.putIfAbsent("PANTAU_HTTPS_PORT", "0");
            all.putIfAbsent("PANTAU_RTSPS_PORT", "0");
            all.putIfAbsent("PANTAU_RTMPS_PORT", "0");
            all.putIfAbsent("PANTAU_WEBRTC_PORT", "0");
            all.putIfAbsent("PANTAU_HTTP_ADDRESS", "127.0.0.1");
            return new TestServer(Server.start(SettingsLoader.load(home, all)), home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.port();
    }

    public Path home() {
        return home;
    }

    public Server server() {
        return server;
    }

    public <T> T bean(Class<T> type) {
        return server.bean(type);
    }

    public ApplicationContext context() {
        return server.context();
    }

    public void close() {
        server.close();
    }
}
