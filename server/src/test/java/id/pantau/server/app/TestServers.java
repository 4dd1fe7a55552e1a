package id.pantau.server.app;

import id.pantau.server.camera.StreamOpener;
import id.pantau.server.database.Database;
import java.nio.file.Path;
import java.util.Map;

/// Starts whole servers for tests, on any free port.
public final class TestServers {
    private TestServers() {}

    /// @param home an empty directory
    public static Server start(Path home, String adminPassword) {
        return Server.start(settings(home, adminPassword));
    }

    /// @param cameras what stands in for RTSP
    public static Server start(Path home, String adminPassword, StreamOpener cameras) {
        return Server.start(
                settings(home, adminPassword),
                context ->
                        context.registerBean(
                                "testCameras",
                                StreamOpener.class,
                                () -> cameras,
                                bean -> bean.setPrimary(true)));
    }

    /// The database of a home whose server is down; the caller closes it.
    public static Database databaseOf(Path home) {
        return Database.open(settings(home, "unused password").database());
    }

    static Settings settings(Path home, String adminPassword) {
        return SettingsLoader.load(
                home,
                Map.of(
                        "PANTAU_HTTP_PORT",
                        "0",
                        "PANTAU_RTSP_PORT",
                        "0",
                        "PANTAU_RTMP_PORT",
                        "0",
                        "PANTAU_WEBRTC_PORT",
                        "0",
                        "PANTAU_ADMIN_PASSWORD",
                        adminPassword));
    }
}
