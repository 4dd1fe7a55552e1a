package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordVaultTest {
    private static final CameraId CAMERA = new CameraId("cam1");
    private static final Secret PASSWORD = new Secret("rahasia");

    @Test
    void theKeyFileIsForItsOwnerAloneAndServesTheNextStart(@TempDir Path home) throws Exception {
        Path key = home.resolve("camera.key");
        String sealed = PasswordVault.open(key).encrypt(CAMERA, PASSWORD);
        assertThat(Files.getPosixFilePermissions(key))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(PasswordVault.open(key).decrypt(CAMERA, sealed)).isEqualTo(PASSWORD);
    }

    @Test
    void aPasswordIsNeverEncryptedTheSameWayTwiceAndBelongsToItsCamera(@TempDir Path home)
            throws Exception {
        var vault = PasswordVault.open(home.resolve("camera.key"));
        String sealed = vault.encrypt(CAMERA, PASSWORD);
        assertThat(vault.encrypt(CAMERA, PASSWORD)).isNotEqualTo(sealed);
        assertThatThrownBy(() -> vault.decrypt(new CameraId("cam2"), sealed))
                .isInstanceOf(GeneralSecurityException.class);
        for (String broken : new String[] {"", "v1:", "v1:!!", "v2:abc", sealed + "AAAA"}) {
            assertThatThrownBy(() -> vault.decrypt(CAMERA, broken))
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void aDamagedKeyFileIsNamed(@TempDir Path home) throws Exception {
        Path key = Files.writeString(home.resolve("camera.key"), "short");
        assertThatThrownBy(() -> PasswordVault.open(key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(key.toString());
    }
}
