package id.pantau.server.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/// Settings as flat texts, `http.port` → `8080`. The defaults in `settings.yaml` of the jar are the
/// list of all settings there are, each with its explanation.
final class SettingsFile {
    private static final Resource DEFAULTS = new ClassPathResource("settings.yaml");

    private SettingsFile() {}

    /// Every setting with its default; one without a default has the empty text.
    static Map<String, String> defaults() {
        try {
            return read(DEFAULTS, "settings.yaml");
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own settings.yaml", e);
        }
    }

    /// What an operator's file sets.
    ///
    /// @throws InvalidSettingsException if it cannot be read, or names a setting that is not known
    static Map<String, String> read(Path file) {
        if (!Files.isReadable(file)) {
            throw new InvalidSettingsException(
                    "the settings file " + file + " is not there or cannot be read");
        }
        Map<String, String> values;
        try {
            values = read(new FileSystemResource(file), file.toString());
        } catch (IOException | RuntimeException e) {
            throw new InvalidSettingsException(
                    "the settings file " + file + " is not YAML: " + e.getMessage());
        }
        requireKnown(values.keySet(), file);
        return values;
    }

    /// The value a setting takes from an environment variable: `http.port` from `PANTAU_HTTP_PORT`,
    /// `http.behindProxy` from `PANTAU_HTTP_BEHIND_PROXY`.
    static String variableOf(String setting) {
        return "PANTAU_"
                + setting.replace('.', '_')
                        .replaceAll("([a-z])([A-Z])", "$1_$2")
                        .toUpperCase(Locale.ROOT);
    }

    private static void requireKnown(Set<String> names, Path file) {
        Set<String> known = defaults().keySet();
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new InvalidSettingsException(
                    unknown.stream()
                            .map(name ->
                                    "%s: there is no setting \"%s\"%s"
                                            .formatted(file, name, hint(name, known)))
                            .collect(Collectors.joining("\n")));
        }
    }

    private static String hint(String wrong, Set<String> known) {
        String nearest =
                known.stream()
                        .min(Comparator.comparingInt(name -> Spelling.distance(wrong, name)))
                        .orElseThrow();
        return Spelling.distance(wrong, nearest) <= 4
                ? "; did you mean \"" + nearest + "\"?"
                : "; all settings are in docs/reference/settings.md";
    }

    private static Map<String, String> read(Resource resource, String name) throws IOException {
        // the loader refuses a file without a document
        if (new String(resource.getContentAsByteArray(), StandardCharsets.UTF_8).isBlank()) {
            return Map.of();
        }
        List<PropertySource<?>> documents =
                new YamlPropertySourceLoader()
                        .load(name, new ByteArrayResource(resource.getContentAsByteArray()));
        Map<String, String> values = new TreeMap<>();
        for (PropertySource<?> document : documents) {
            for (String key : ((EnumerablePropertySource<?>) document).getPropertyNames()) {
                values.put(key, Objects.toString(document.getProperty(key), ""));
            }
        }
        return values;
    }
}
