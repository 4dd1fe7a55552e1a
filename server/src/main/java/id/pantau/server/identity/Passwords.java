package id.pantau.server.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Which passwords are good enough, and how they are kept: Argon2id (RFC 9106) with 19 MiB, two
/// passes, one lane, as OWASP's password storage sheet gives. Two hashes at a time at most, so that
/// a flood of sign-ins cannot take the recorder's memory.
final class Passwords {
    /// Characters a password has at least.
    static final int MIN_LENGTH = 10;

    /// And at most: beyond it only hashing gets slower.
    static final int MAX_LENGTH = 200;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int AT_ONCE = 2;
    private static final int PATIENCE_S = 10;

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore room = new Semaphore(AT_ONCE, true);
    private final Set<String> commonest = readCommonest();
    private final String nobodysHash = nobodysHash();

    /// @throws IdentityException PASSWORD_WEAK saying what is wrong with it
    void requireGood(String password, String username) {
        String lower = password.toLowerCase(Locale.ROOT);
        if (password.length() < MIN_LENGTH) {
            throw weak("is too short: take at least " + MIN_LENGTH + " characters");
        }
        if (password.length() > MAX_LENGTH) {
            throw weak("is too long: take at most " + MAX_LENGTH + " characters");
        }
        if (commonest.contains(lower)) {
            throw weak("is one of the commonest passwords: take another");
        }
        if (lower.replace(username, "").length() < MIN_LENGTH / 2
                || lower.chars().distinct().count() < MIN_LENGTH / 2) {
            throw weak(
                    "is too easy to guess: take several different characters, not the user name");
        }
    }

    /// @throws IdentityException THROTTLED when too many wait already
    String hash(String password) {
        return withRoom(() -> encoded(password));
    }

    /// @throws IdentityException THROTTLED when too many wait already
    boolean matches(String password, String hash) {
        return password.length() <= MAX_LENGTH && withRoom(() -> encoder.matches(password, hash));
    }

    /// Does the work of [#matches] for a user who does not exist, so that the time an answer takes
    /// does not tell who does.
    void matchNobody(String password) {
        matches(password, nobodysHash);
    }

    /// Random bytes in the place of a hash: no password has it, and none must be hashed at each
    /// start of the server to make it.
    static String nobodysHash() {
        var random = new SecureRandom();
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        byte[] salt = new byte[SALT_BYTES];
        byte[] hash = new byte[HASH_BYTES];
        random.nextBytes(salt);
        random.nextBytes(hash);
        String costs = "m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES;
        return String.join(
                "$",
                "",
                "argon2id",
                "v=19",
                costs,
                base64.encodeToString(salt),
                base64.encodeToString(hash));
    }

    private String encoded(String password) {
        return Objects.requireNonNull(encoder.encode(password));
    }

    private <T> T withRoom(Supplier<T> work) {
        boolean entered = false;
        try {
            entered = room.tryAcquire(PATIENCE_S, TimeUnit.SECONDS);
            if (!entered) {
                throw new IdentityException(
                        IdentityException.Reason.THROTTLED,
                        "too many sign-ins at once; try again in " + PATIENCE_S + " seconds",
                        Map.of("retryAfterS", Integer.toString(PATIENCE_S)));
            }
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdentityException(
                    IdentityException.Reason.BAD_CREDENTIALS, "the server is stopping");
        } finally {
            if (entered) {
                room.release();
            }
        }
    }

    private static IdentityException weak(String why) {
        return new IdentityException(IdentityException.Reason.PASSWORD_WEAK, why);
    }

    private static Set<String> readCommonest() {
        try (InputStream file = Passwords.class.getResourceAsStream("commonest-passwords.txt");
                var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
