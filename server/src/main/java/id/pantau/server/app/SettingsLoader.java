package id.pantau.server.app;

import id.pantau.media.net.PendingLimits;
import id.pantau.media.webrtc.AnnouncedHost;
import id.pantau.server.database.DatabaseSettings;
import id.pantau.server.identity.IdentitySettings;
import id.pantau.server.recording.RecordingSettings;
import id.pantau.server.settings.Home;
import id.pantau.server.tls.TlsSettings;
import id.pantau.server.web.HttpsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/// Makes the [Settings]. What is given on the command line wins over the environment, that over the
/// YAML file, that over the defaults.
final class SettingsLoader {
    private static final String CERTIFICATE_FILE = "tls.pem";

    private final Map<String, String> values;

    private SettingsLoader(Map<String, String> values) {
        this.values = values;
    }

    /// @param homeOption `--home`; null when it was not given
    /// @param environment usually `System.getenv()`
    /// @throws InvalidSettingsException naming the setting that cannot be used
    static Settings load(@Nullable Path homeOption, Map<String, String> environment) {
        Map<String, String> values = new HashMap<>(SettingsFile.defaults());
        String file = environment.getOrDefault("PANTAU_CONFIG", "");
        if (!file.isBlank()) {
            values.putAll(SettingsFile.read(Path.of(file)));
        }
        for (String setting : SettingsFile.defaults().keySet()) {
            String value = environment.get(SettingsFile.variableOf(setting));
            if (value != null && !value.isBlank()) {
                values.put(setting, value);
            }
        }
        if (homeOption != null) {
            values.put("home", homeOption.toString());
        }
        return new SettingsLoader(values).settings();
    }

    private Settings settings() {
        try {
            Home home = home();
            return new Settings(
                    home,
                    new HttpSettings(
                            integer("http.port"), text("http.address"), flag("http.behindProxy")),
                    new HttpsSettings(
                            integer("https.port"), text("http.address"), flag("https.redirect")),
                    tls(home),
                    new StreamSettings(
                            integer("rtsp.port"),
                            integer("rtmp.port"),
                            integer("rtsps.port"),
                            integer("rtmps.port"),
                            integer("webrtc.port"),
                            hosts("webrtc.hosts"),
                            integer("worker.port"),
                            text("http.address"),
                            pending("streams.pendingPerAddress")),
                    new WorkerSettings(flag("worker.hardwareDecoding")),
                    DatabaseSettings.of(home.path(), text("database.url")),
                    text("recording.volume").isEmpty()
                            ? RecordingSettings.inHome(home.path())
                            : RecordingSettings.on(Path.of(text("recording.volume"))),
                    new IdentitySettings(
                            duration("identity.sessionIdle"),
                            duration("identity.sessionLife"),
                            duration("identity.tokenLife"),
                            duration("identity.ticketLife")),
                    text("admin.password").isEmpty() ? null : text("admin.password"));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(String.valueOf(e.getMessage()));
        }
    }

    private TlsSettings tls(Home home) {
        String certificate = text("tls.certificate");
        String key = text("tls.key");
        boolean named = !certificate.isEmpty() || !key.isEmpty();
        return switch (text("tls.mode")) {
            case "off", "false" -> { // YAML reads off as false
                requireUnnamed(named);
                yield new TlsSettings.Off();
            }
            case "self-signed" -> {
                requireUnnamed(named);
                List<String> hosts =
                        hosts("webrtc.hosts").stream().map(AnnouncedHost::name).toList();
                yield new TlsSettings.SelfSigned(home.resolve(CERTIFICATE_FILE), () -> hosts);
            }
            case "files" -> {
                if (certificate.isEmpty() || key.isEmpty()) {
                    throw new InvalidSettingsException(
                            "tls.mode is files: tls.certificate (PANTAU_TLS_CERTIFICATE) and tls.key (PANTAU_TLS_KEY) must both name a PEM file");
                }
                yield new TlsSettings.OwnFiles(
                        Path.of(certificate).toAbsolutePath(), Path.of(key).toAbsolutePath());
            }
            default -> throw unusable("tls.mode", "off, self-signed or files");
        };
    }

    /// Who names files wants them used.
    private void requireUnnamed(boolean named) {
        if (named) {
            throw new InvalidSettingsException(
                    "tls.certificate and tls.key are read where tls.mode (PANTAU_TLS_MODE) is files; it is "
                            + text("tls.mode"));
        }
    }

    private Home home() {
        try {
            return Home.at(Path.of(text("home")));
        } catch (IOException e) {
            throw new InvalidSettingsException(
                    "home: the directory %s cannot be made (%s); name another with --home or PANTAU_HOME"
                            .formatted(text("home"), e.getClass().getSimpleName()));
        }
    }

    private String text(String setting) {
        String value = values.get(setting);
        if (value == null) {
            throw new IllegalStateException("settings.yaml lacks " + setting);
        }
        return value.strip();
    }

    private int integer(String setting) {
        try {
            return Integer.parseInt(text(setting));
        } catch (NumberFormatException _) {
            throw unusable(setting, "a whole number");
        }
    }

    private PendingLimits pending(String setting) {
        try {
            return PendingLimits.DEFAULT.withPerAddress(integer(setting));
        } catch (IllegalArgumentException _) {
            throw unusable(setting, "a whole number from 1");
        }
    }

    private List<AnnouncedHost> hosts(String setting) {
        return Arrays.stream(text(setting).split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .map(AnnouncedHost::of)
                .toList();
    }

    private boolean flag(String setting) {
        return switch (text(setting)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unusable(setting, "true or false");
        };
    }

    private Duration duration(String setting) {
        try {
            return DurationStyle.detectAndParse(text(setting));
        } catch (IllegalArgumentException _) {
            throw unusable(setting, "a length of time such as 30s, 5m, 12h or 7d");
        }
    }

    private InvalidSettingsException unusable(String setting, String wanted) {
        return new InvalidSettingsException(
                "%s (%s) is %s, not \"%s\""
                        .formatted(
                                setting, SettingsFile.variableOf(setting), wanted, text(setting)));
    }
}
