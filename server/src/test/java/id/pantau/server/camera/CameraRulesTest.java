package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraRulesTest {
    private static final UrlRules URLS =
            new UrlRules(port -> port == 8554, host -> List.of(InetAddress.getAllByName(host)));
    private static final CameraRules RULES = new CameraRules(URLS);

    private static CameraDraft draft(String name, String url) {
        return new CameraDraft(
                null,
                name,
                true,
                new CameraDraft.Stream(url, StreamTransport.TCP),
                null,
                null,
                null,
                RecordingSettings.DEFAULT,
                null,
                List.of());
    }

    private static Camera check(CameraDraft draft) {
        return RULES.check(draft, d -> CameraId.ofName(d.name()), Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Gate \"A\"",
                "<b>bold</b>",
                "abc\u202Edef",
                "a/b",
                "a\\b",
                "a\u0000b",
                "a\nb",
                "zero\u200Bwidth",
                "\uFEFFbom",
                "",
                "   ",
                "\uD800",
                "\u2028"
            })
    void aHostileNameIsRefusedInOneSentence(String name) {
        assertThatThrownBy(() -> check(draft(name, "rtsp://192.0.2.1/")))
                .isInstanceOfSatisfying(
                        CameraException.class,
                        refused -> {
                            assertThat(refused.fieldErrors()).hasSize(1);
                            var error = refused.fieldErrors().getFirst();
                            assertThat(error.field()).isEqualTo("name");
                            assertThat(error.message()).endsWith(".").hasSizeLessThan(120);
                            assertThat(error.message().chars()).allMatch(c -> c >= ' ' && c < 127);
                        });
    }

    @Test
    void aNameOfTenThousandCharactersIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> check(draft("x".repeat(10_000), "rtsp://192.0.2.1/")))
                .hasMessage("The name has 10000 characters; use at most 100.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ma'ruf & anak", "Gerbang #2 (timur)", "相机", "كاميرا", "Café 24h"})
    void namesOfPeopleAndPlacesAreFine(String name) {
        assertThat(check(draft(name, "rtsp://192.0.2.1/")).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "Gerbang Depan, gerbang-depan",
        "Café  No. 1, cafe-no-1",
        "相机, camera",
        "---, camera"
    })
    void anIdIsMadeFromTheName(String name, String id) {
        assertThat(CameraId.ofName(name)).isEqualTo(new CameraId(id));
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://admin:secret@192.0.2.1:554/a, rtsp://192.0.2.1:554/a, admin, secret",
        "rtsp://admin:p@ss@192.0.2.1/a, rtsp://192.0.2.1/a, admin, p@ss",
        "rtsp://admin:p%40s%2Fs@192.0.2.1/a, rtsp://192.0.2.1/a, admin, p@s/s",
        "rtsp://admin:p/s#s@192.0.2.1/a, rtsp://192.0.2.1/a, admin, p/s#s",
        "rtsp://admin:@192.0.2.1/a, rtsp://192.0.2.1/a, admin, ''",
        "RTSP://192.0.2.1/a@b, rtsp://192.0.2.1/a@b, , ",
        "rtsp://192.0.2.1/a b|c{d}, rtsp://192.0.2.1/a%20b%7Cc%7Bd%7D, , ",
        "rtsp://[2001:db8::1]:8554/x, rtsp://[2001:db8::1]:8554/x, , "
    })
    void credentialsAreSplitOffAPastedUrl(
            String pasted, String url, String username, String password) {
        Camera camera = check(draft("x", pasted));
        assertThat(camera.main().url()).hasToString(url);
        assertThat(camera.username()).isEqualTo(username);
        Secret secret = camera.password();
        assertThat(secret == null ? null : secret.reveal())
                .isEqualTo(password == null || password.isEmpty() ? null : password);
        assertThat(camera.toString())
                .doesNotContain(password == null || password.isEmpty() ? "\0" : password);
    }

    @Test
    void aPasswordInsideThePathIsMaskedWhereItIsShown() {
        Camera camera = check(draft("x", "rtsp://192.0.2.1/user=admin&password=geheim&channel=1"));
        assertThat(camera.main().shownUrl())
                .isEqualTo("rtsp://192.0.2.1/user=admin&password=***&channel=1");
        assertThat(camera.toString()).doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://127.0.0.1:8554/x, camera.urlOwnServer",
        "rtsp://localhost:8554/x, camera.urlOwnServer",
        "rtsp://127.1.2.3:8554/x, camera.urlOwnServer",
        "rtsp://0.0.0.0:8554/x, camera.urlOwnServer",
        "rtsp://[::ffff:127.0.0.1]:8554/x, camera.urlOwnServer",
        "rtsp://169.254.169.254/latest, camera.urlLinkLocal",
        "rtsp://[fd00:ec2::254]/x, camera.urlLinkLocal",
        "rtsp://100.100.100.200/x, camera.urlLinkLocal",
        "rtsp://239.1.1.1/x, camera.urlMulticast",
        "gopher://192.0.2.1/x, camera.urlScheme",
        "192.0.2.1, camera.urlWithoutScheme"
    })
    void anAddressThatIsNoCamerasIsRefused(String url, String code) {
        assertThatThrownBy(() -> check(draft("x", url)))
                .isInstanceOfSatisfying(
                        CameraException.class,
                        refused ->
                                assertThat(refused.fieldErrors().getFirst().code())
                                        .isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://192.168.1.10/",
                "rtsp://10.0.0.5:8554/x",
                "rtsp://172.16.0.9/x",
                "rtsp://127.0.0.1:18554/simulated",
                "rtsp://no-such-host.invalid/x"
            })
    void privateAddressesAndNamesThatDoNotResolveYetAreFine(String url) {
        assertThat(check(draft("x", url)).main().url()).hasToString(url);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        var draft =
                new CameraDraft(
                        "Not A Slug",
                        "a/b",
                        true,
                        new CameraDraft.Stream("ftp://x", StreamTransport.TCP),
                        new CameraDraft.Stream("", StreamTransport.TCP),
                        "a\nb",
                        null,
                        new RecordingSettings(
                                RecordingSettings.Mode.OFF, Duration.ofMillis(1), 0, 1L),
                        new CameraLocation(500, Double.NaN, null),
                        List.of("<"));
        assertThatThrownBy(() -> check(draft))
                .isInstanceOfSatisfying(
                        CameraException.class,
                        refused ->
                                assertThat(refused.fieldErrors())
                                        .extracting(CameraException.FieldError::field)
                                        .containsExactly(
                                                "id",
                                                "name",
                                                "main.url",
                                                "sub.url",
                                                "username",
                                                "recording.segmentMs",
                                                "recording.retentionDays",
                                                "recording.retentionBytes",
                                                "location",
                                                "labels"));
    }
}
