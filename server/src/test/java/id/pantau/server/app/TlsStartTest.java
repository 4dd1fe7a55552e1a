package id.pantau.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A start whose certificate cannot be used.
class TlsStartTest {
    @Test
    void aCertificateThatIsNotThereEndsTheStartAsAWrongSettingDoes(@TempDir Path folder) {
        Path missing = folder.resolve("fullchain.pem");
        RuntimeException thrown =
                catchThrowableOfType(
                        RuntimeException.class,
                        () ->
                                TestServer.start(
                                        Map.of(
                                                "PANTAU_TLS_MODE",
                                                "files",
                                                "PANTAU_TLS_CERTIFICATE",
                                                missing.toString(),
                                                "PANTAU_TLS_KEY",
                                                missing.toString())));
        var told = (CommandFailedException) StartFailure.explain(thrown);
        assertThat(told.exitCode()).isEqualTo(ExitCode.SETTINGS);
        assertThat(told.getMessage())
                .contains(missing + ", is not there", "PANTAU_TLS_CERTIFICATE", "self-signed");
    }
}
