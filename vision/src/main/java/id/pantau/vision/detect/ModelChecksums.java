package id.pantau.vision.detect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// SHA-256 of files, in lower-case digits; each is read again only when it has changed.
/// Thread-safe.
public final class ModelChecksums {
    /// More files than this are no folder of models.
    private static final int MOST_KEPT = 1000;

    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    private record Known(long sizeBytes, FileTime modified, String sha256) {}

    /// May take a second for a file that has changed.
    public String get(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Known before = known.get(file);
        if (before != null
                && before.sizeBytes() == attributes.size()
                && before.modified().equals(attributes.lastModifiedTime())) {
            return before.sha256();
        }
        String sha256 = of(file);
        if (known.size() >= MOST_KEPT) {
            known.clear();
        }
        known.put(file, new Known(attributes.size(), attributes.lastModifiedTime(), sha256));
        return sha256;
    }

    /// Reads the whole file.
    public static String of(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 << 10];
            for (int count; (count = bytes.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
