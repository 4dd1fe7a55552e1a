package id.pantau.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The outcome of one benchmark: figures in the order they were taken, and the bounds they are held
/// to.
final class Report {
    /// @param bound what is required, in words; empty when the figure only informs
    record Figure(String name, double value, String unit, String bound, boolean met) {}

    private final String benchmark;
    private final Map<String, Object> setting = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();

    Report(String benchmark) {
        this.benchmark = benchmark;
    }

    Report setting(String name, Object value) {
        setting.put(name, value);
        return this;
    }

    Report figure(String name, double value, String unit) {
        figures.add(new Figure(name, value, unit, "", true));
        return this;
    }

    Report atMost(String name, double value, String unit, double limit) {
        figures.add(new Figure(name, value, unit, "<= " + number(limit), value <= limit));
        return this;
    }

    Report atLeast(String name, double value, String unit, double limit) {
        figures.add(new Figure(name, value, unit, ">= " + number(limit), value >= limit));
        return this;
    }

    boolean met() {
        return figures.stream().allMatch(Figure::met);
    }

    void print(PrintStream out) {
        out.printf("%n%s %s%n", benchmark, setting);
        for (Figure figure : figures) {
            String verdict = figure.bound().isEmpty() ? "" : figure.met() ? "ok" : "MISSED";
            out.printf(
                    "  %-46s %12s %-8s %-12s %s%n",
                    figure.name(), number(figure.value()), figure.unit(), figure.bound(), verdict);
        }
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        var json = new LinkedHashMap<String, Object>();
        json.put("benchmark", benchmark);
        json.put("at", Instant.now().toString());
        json.put("cores", Runtime.getRuntime().availableProcessors());
        json.put("java", System.getProperty("java.version"));
        json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        json.put("setting", setting);
        json.put("figures", figures);
        json.put("met", met());
        JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(
                directory.resolve(benchmark + ".json"), mapper.writeValueAsString(json) + "\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : "%.2f".formatted(value);
    }
}
