package id.pantau.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import id.pantau.server.recording.RecordingSettings;
import id.pantau.server.tls.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
    @TempDir Path home;

    @Test
    void environmentWinsOverFileAndFileOverDefault() throws IOException {
        Path file = yaml("http:\n  port: 9000\n  address: 127.0.0.1\nidentity:\n  tokenLife: 2h\n");

        Settings settings =
                SettingsLoader.load(
                        home, Map.of("PANTAU_CONFIG", file.toString(), "PANTAU_HTTP_PORT", "9001"));

        assertThat(settings.http()).isEqualTo(new HttpSettings(9001, "127.0.0.1", false));
        assertThat(settings.identity().tokenLife()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.identity().ticketLife()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.home().path()).isEqualTo(home.toAbsolutePath());
    }

    @Test
    void anUnknownSettingStopsTheStartWithAHint() throws IOException {
        Path file = yaml("http:\n  prot: 9000\n");

        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(
                        () -> SettingsLoader.load(home, Map.of("PANTAU_CONFIG", file.toString())))
                .withMessage(
                        file + ": there is no setting \"http.prot\"; did you mean \"http.port\"?");
    }

    @ParameterizedTest
    @CsvSource({
        "PANTAU_HTTP_PORT, x, a whole number",
        "PANTAU_HTTP_PORT, 70000, a TCP port",
        "PANTAU_HTTP_BEHIND_PROXY, maybe, true or false",
        "PANTAU_IDENTITY_TICKET_LIFE, soon, a length of time",
        "PANTAU_IDENTITY_TICKET_LIFE, 0s, longer than nothing",
        "PANTAU_DATABASE_URL, jdbc:mysql://x, jdbc:postgresql:",
        "PANTAU_HTTPS_PORT, -1, https.port is a TCP port",
        "PANTAU_RTMPS_PORT, 70000, rtmps.port is a port",
        "PANTAU_TLS_MODE, on, 'off, self-signed or files'",
        "PANTAU_TLS_MODE, files, tls.key (PANTAU_TLS_KEY) must both name a PEM file",
        "PANTAU_TLS_CERTIFICATE, /x.pem, are read where tls.mode (PANTAU_TLS_MODE) is files; it is off",
        "PANTAU_CONFIG, /nowhere/at/all.yaml, is not there",
    })
    void aValueThatCannotBeUsedIsNamed(String variable, String value, String expected) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> SettingsLoader.load(home, Map.of(variable, value)))
                .withMessageContaining(expected);
    }

    @Test
    void recordingsLieInTheHomeUnlessAVolumeIsNamed() {
        assertThat(SettingsLoader.load(home, Map.of()).recording())
                .isEqualTo(RecordingSettings.inHome(home));
        assertThat(
                        SettingsLoader.load(home, Map.of("PANTAU_RECORDING_VOLUME", "/mnt/nas"))
                                .recording())
                .isEqualTo(RecordingSettings.on(Path.of("/mnt/nas")));
    }

    @Test
    void tlsIsOffUnlessItIsAskedFor() throws IOException {
        assertThat(SettingsLoader.load(home, Map.of()).tls()).isEqualTo(new TlsSettings.Off());
        String unquoted = yaml("tls:\n  mode: off\n").toString(); // YAML makes it false
        assertThat(SettingsLoader.load(home, Map.of("PANTAU_CONFIG", unquoted)).tls())
                .isEqualTo(new TlsSettings.Off());
        assertThat(
                        SettingsLoader.load(
                                        home,
                                        Map.of(
                                                "PANTAU_TLS_MODE", "self-signed",
                                                "PANTAU_WEBRTC_HOSTS", "toko.example"))
                                .tls())
                .isInstanceOfSatisfying(
                        TlsSettings.SelfSigned.class,
                        own -> {
                            assertThat(own.file())
                                    .isEqualTo(home.toAbsolutePath().resolve("tls.pem"));
                            assertThat(own.hosts().get()).containsExactly("toko.example");
                        });
    }

    @Test
    void secretsAreNotInTheSettingsText() {
        Settings settings =
                SettingsLoader.load(
                        home,
                        Map.of(
                                "PANTAU_ADMIN_PASSWORD", "a good password 1",
                                "PANTAU_DATABASE_URL", "jdbc:postgresql://h/d?password=secret"));

        assertThat(settings.toString()).doesNotContain("good password", "secret");
    }

    @Test
    void everySettingIsOnThePageOfSettings() throws IOException {
        String page =
                Files.readString(
                        Path.of(
                                System.getProperty("pantau.root", ".."),
                                "docs/reference/settings.md"));

        for (String setting : SettingsFile.defaults().keySet()) {
            assertThat(page)
                    .contains("| `" + setting + "` | `" + SettingsFile.variableOf(setting) + "` |");
        }
    }

    private Path yaml(String text) throws IOException {
        return Files.writeString(home.resolve("pantau.yaml"), text);
    }
}
