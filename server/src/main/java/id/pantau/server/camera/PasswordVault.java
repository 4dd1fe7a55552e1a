package id.pantau.server.camera;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts camera passwords, and other secrets of a camera, for the database: AES-256-GCM (NIST SP
/// 800-38D) with a key in a file that only the server's user can read. A stolen database or backup
/// without that file tells nothing. A password is bound to its camera: moved to another row, it
/// does not decrypt.
public final class PasswordVault {
    private static final String FORMAT = "v1:";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    private PasswordVault(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /// Reads the key file, or makes it when there is none.
    ///
    /// @throws IOException when it can be neither read nor made, or holds something else
    public static PasswordVault open(Path keyFile) throws IOException {
        try {
            create(keyFile);
        } catch (FileAlreadyExistsException _) {
            // made at an earlier start
        }
        String hex = Files.readString(keyFile, StandardCharsets.US_ASCII).strip();
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IOException(
                    "the key file of the camera passwords is damaged; restore it from a backup: "
                            + keyFile);
        }
        return new PasswordVault(HexFormat.of().parseHex(hex));
    }

    public String encrypt(CameraId camera, Secret password) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, camera, nonce);
            byte[] sealed = cipher.doFinal(password.reveal().getBytes(StandardCharsets.UTF_8));
            byte[] all =
                    ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array();
            return FORMAT + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt a camera password", e);
        }
    }

    /// @throws GeneralSecurityException when it was made with another key, for another camera, or
    ///   damaged
    public Secret decrypt(CameraId camera, String sealed) throws GeneralSecurityException {
        if (!sealed.startsWith(FORMAT)) {
            throw new GeneralSecurityException("unknown format of an encrypted password");
        }
        ByteBuffer all;
        try {
            all = ByteBuffer.wrap(Base64.getDecoder().decode(sealed.substring(FORMAT.length())));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not base64", e);
        }
        if (all.remaining() < NONCE_BYTES) {
            throw new GeneralSecurityException("an encrypted password is cut short");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        all.get(nonce);
        byte[] rest = new byte[all.remaining()];
        all.get(rest);
        byte[] plain = cipher(Cipher.DECRYPT_MODE, camera, nonce).doFinal(rest);
        return new Secret(new String(plain, StandardCharsets.UTF_8));
    }

    private Cipher cipher(int mode, CameraId camera, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(camera.value().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static void create(Path keyFile) throws IOException {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        byte[] text = (HexFormat.of().formatHex(fresh) + "\n").getBytes(StandardCharsets.US_ASCII);
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var file = FileChannel.open(keyFile, options, ownerOnly)) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        }
    }
}
