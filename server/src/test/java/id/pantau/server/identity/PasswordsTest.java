package id.pantau.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    /// The fields between the `$` of an Argon2 hash: none, variant, version, costs, salt, hash.
    private static final int SALT = 4;

    private static final int FIELDS = 6;

    @Test
    void aUserWhoDoesNotExistCostsTheWorkOfOneWhoDoes() {
        String[] nobodys = Passwords.nobodysHash().split("\\$");
        String[] somebodys = new Passwords().hash("Kamera-Jalan-Raya-7").split("\\$");

        assertThat(nobodys).hasSameSizeAs(somebodys).hasSize(FIELDS);
        assertThat(Arrays.copyOf(nobodys, SALT)).isEqualTo(Arrays.copyOf(somebodys, SALT));
        for (int field = SALT; field < FIELDS; field++) {
            assertThat(Base64.getDecoder().decode(nobodys[field]))
                    .hasSameSizeAs(Base64.getDecoder().decode(somebodys[field]));
        }
    }
}
