package id.pantau.server.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The catalogue of sentences, `{name}` standing for a parameter.
final class JournalTexts {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");

    private final Properties texts = new Properties();

    /// @param language `id` or `en`
    JournalTexts(String language) {
        String name = "journal_%s.properties".formatted(language);
        try (var in =
                new InputStreamReader(
                        Objects.requireNonNull(JournalTexts.class.getResourceAsStream(name), name),
                        UTF_8)) {
            texts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> codes() {
        return texts.stringPropertyNames();
    }

    /// @return the code itself where the catalogue has no sentence for it
    String sentence(JournalLine line) {
        String text = texts.getProperty(line.code());
        if (text == null) {
            return line.code();
        }
        return PARAMETER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(line, found.group(1))));
    }

    private static String value(JournalLine line, String name) {
        if (name.equals("camera")) {
            return String.valueOf(line.camera());
        }
        return line.params().getOrDefault(name, "?");
    }
}
