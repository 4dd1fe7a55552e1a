package id.pantau.server.camera;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// A camera's name in URLs, files and rows: lower-case letters, digits and hyphens, at most 40.
public record CameraId(String value) {
    public static final int MAX_LENGTH = 40;
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    public CameraId {
        if (!isSlug(value)) {
            throw new IllegalArgumentException("not a camera id");
        }
    }

    public static boolean isSlug(String text) {
        return text.length() <= MAX_LENGTH && SLUG.matcher(text).matches();
    }

    /// The id a camera of this name would like: `Gerbang Depan` becomes `gerbang-depan`. A name
    /// without one Latin letter or digit becomes `camera`.
    public static CameraId ofName(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        String slug =
                plain.replaceAll("\\p{M}+", "").replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "");
        String cut = slug.substring(0, Math.min(slug.length(), MAX_LENGTH - 4));
        String trimmed = cut.replaceAll("-$", "");
        return new CameraId(trimmed.isEmpty() ? "camera" : trimmed);
    }

    /// The same id with a number behind it, for the second camera of one name.
    public CameraId numbered(int number) {
        return new CameraId(value + "-" + number);
    }

    @Override
    public String toString() {
        return value;
    }
}
