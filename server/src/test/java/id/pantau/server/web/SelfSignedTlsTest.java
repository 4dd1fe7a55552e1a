package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.StreamOpener;
import id.pantau.server.tls.ServerCertificate;
import id.pantau.server.tls.TestAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole server with the certificate it makes for itself.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class SelfSignedTlsTest {
    private static final StreamOpener NO_CAMERAS =
            (_, _, _) -> {
                throw new AssertionError("there is no camera");
            };
    private Path home;
    private WholeServer server;

    @BeforeAll
    void start(@TempDir Path folder) {
        home = folder;
        server = new WholeServer(home, Map.of("PANTAU_TLS_MODE", "self-signed"), NO_CAMERAS);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void itsFingerprintIsShownAndItsKeyIsForItsOwnerAlone() throws Exception {
        ServerCertificate made = server.server().certificate().orElseThrow();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(home.resolve("tls.pem"))))
                .isEqualTo("rw-------");
        var view = server.get(server.adminToken(), "/api/v1/tls").json();
        assertThat(view.at("/certificate/sha256").stringValue()).isEqualTo(made.fingerprint());
        assertThat(view.at("/certificate/selfSigned").booleanValue()).isTrue();
    }

    @Test
    void noBrowserIsToldToComeEncryptedForEver() throws Exception {
        ServerCertificate made = server.server().certificate().orElseThrow();
        try (HttpClient https =
                HttpClient.newBuilder()
                        .sslContext(TestAuthority.trusting(made.chain().getFirst()))
                        .build()) {
            URI url = URI.create(server.server().secureAddress().orElseThrow() + "/healthz");
            var answer =
                    https.send(
                            HttpRequest.newBuilder(url).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
        }
    }
}
