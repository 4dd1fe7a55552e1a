package id.pantau.server.recording;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Why something is recorded. Files and rows hold the words, so constants keep their names.
public enum Reason {
    CONTINUOUS,
    MOTION,
    OBJECT,
    /// Somebody asked for it in the browser.
    MANUAL,
    /// A program asked for it.
    API,
    ALARM;

    private static final String SEPARATOR = ",";

    /// As in files, rows and the HTTP contract.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As a row holds several: words in the order of the constants, separated by commas.
    static String text(Set<Reason> reasons) {
        return reasons.isEmpty()
                ? CONTINUOUS.word()
                : EnumSet.copyOf(reasons).stream()
                        .map(Reason::word)
                        .collect(Collectors.joining(SEPARATOR));
    }

    /// One text out of several that each hold words. Words of a later version stay, behind the
    /// known ones.
    static String join(Collection<String> texts) {
        var order = Comparator.comparingInt(Reason::rank).thenComparing(Comparator.naturalOrder());
        var words = new TreeSet<String>(order);
        texts.forEach(text -> words.addAll(words(text)));
        return String.join(SEPARATOR, words);
    }

    /// @param text as [#text] makes it
    static List<String> words(String text) {
        return List.of(text.split(SEPARATOR));
    }

    private static int rank(String word) {
        return Arrays.stream(values())
                .filter(reason -> reason.word().equals(word))
                .findFirst()
                .map(Reason::ordinal)
                .orElse(Integer.MAX_VALUE);
    }
}
