package id.pantau.server.app;

import id.pantau.server.camera.StreamOpener;
import id.pantau.server.database.Database;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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
        return start(home, adminPassword, Map.of(), cameras);
    }

    /// @param environment settings besides: `PANTAU_TLS_MODE`
    /// @param cameras what stands in for RTSP
    public static Server start(
            Path home,
            String adminPassword,
            Map<String, String> environment,
            StreamOpener cameras) {
        return Server.start(
                SettingsLoader.load(home, environment(adminPassword, environment)),
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
        return SettingsLoader.load(home, environment(adminPassword, Map.of()));
    }

    private static Map<String, String> environment(String adminPassword, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        for (String door : List.of("HTTP", "HTTPS", "RTSP", "RTSPS", "RTMP", "RTMPS", "WEBRTC")) {
            all.put("PANTAU_" + door + "_PORT", "0");
        }
        all.put("PANTAU_ADMIN_PASSWORD", adminPassword);
        return all;
    }
}
