package id.pantau.server.web;

import id.pantau.server.camera.VisionSettings;
import id.pantau.server.camera.VisionSettings.CountingLine;
import id.pantau.server.camera.VisionSettings.NamedZone;
import id.pantau.server.camera.VisionSettings.Priority;
import id.pantau.vision.Polygon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a `VisionInput`, whole or in parts. What is absent stays as it is. Types and polygons are
/// checked here; what the values must be like is the domain's.
final class VisionInputs {
    record LineInput(String id, String name, double[] a, double[] b) {}

    record ZoneInput(String id, String name, double[][] points, @Nullable Integer dwellS) {}

    /// The shape of what [#changed] reads.
    record VisionInput(
            @Nullable Boolean enabled,
            @Nullable Boolean objects,
            @Word(Priority.class) @Nullable String priority,
            @Nullable Integer sensitivity,
            @Nullable List<String> classes,
            @Nullable Double leastScore,
            @Nullable Map<String, Double> scores,
            @Nullable List<LineInput> lines,
            @Nullable List<ZoneInput> zones,
            @Nullable List<double[][]> watched,
            @Nullable List<double[][]> ignored,
            @Nullable List<double[][]> hidden) {}

    private VisionInputs() {}

    static VisionSettings changed(JsonNode body, VisionSettings before) {
        if (!body.isObject()) {
            throw ApiProblem.invalid("vision", "request.notAnObject", "must be an object");
        }
        return new VisionSettings(
                bool(body, "enabled", before.enabled()),
                bool(body, "objects", before.objects()),
                priority(body, before.priority()),
                body.has("sensitivity")
                        ? whole(body.get("sensitivity"), "vision.sensitivity")
                        : before.sensitivity(),
                body.has("classes") ? list(body, "classes", VisionInputs::text) : before.classes(),
                body.has("leastScore")
                        ? number(body.get("leastScore"), "vision.leastScore")
                        : before.leastScore(),
                body.has("scores") ? scores(body.get("scores")) : before.scores(),
                body.has("lines") ? list(body, "lines", VisionInputs::line) : before.lines(),
                body.has("zones") ? list(body, "zones", VisionInputs::zone) : before.zones(),
                body.has("watched")
                        ? list(body, "watched", VisionInputs::polygon)
                        : before.watched(),
                body.has("ignored")
                        ? list(body, "ignored", VisionInputs::polygon)
                        : before.ignored(),
                body.has("hidden") ? list(body, "hidden", VisionInputs::polygon) : before.hidden());
    }

    @FunctionalInterface
    private interface ItemReader<T> {
        T read(JsonNode node, String field);
    }

    private static <T> List<T> list(JsonNode body, String member, ItemReader<T> reader) {
        String field = "vision." + member;
        JsonNode node = array(body.get(member), field);
        var items = new ArrayList<T>();
        for (JsonNode item : node) {
            items.add(reader.read(item, "%s[%d]".formatted(field, items.size())));
        }
        return items;
    }

    private static CountingLine line(JsonNode node, String field) {
        object(node, field);
        return new CountingLine(
                text(node.get("id"), field + ".id"),
                text(node.get("name"), field + ".name"),
                point(node.get("a"), field + ".a"),
                point(node.get("b"), field + ".b"));
    }

    private static NamedZone zone(JsonNode node, String field) {
        object(node, field);
        JsonNode dwell = node.get("dwellS");
        return new NamedZone(
                text(node.get("id"), field + ".id"),
                text(node.get("name"), field + ".name"),
                polygon(node.get("points"), field + ".points"),
                dwell == null || dwell.isNull() ? null : whole(dwell, field + ".dwellS"));
    }

    private static Polygon polygon(@Nullable JsonNode node, String field) {
        var points = new ArrayList<Polygon.Point>();
        for (JsonNode point : array(node, field)) {
            points.add(point(point, field));
        }
        try {
            return new Polygon(points);
        } catch (IllegalArgumentException e) {
            throw ApiProblem.invalid(field, "camera.visionArea", String.valueOf(e.getMessage()));
        }
    }

    private static Polygon.Point point(@Nullable JsonNode node, String field) {
        if (node == null || !node.isArray() || node.size() != 2) {
            throw ApiProblem.invalid(field, "camera.visionPoint", "must be a point [x, y]");
        }
        return new Polygon.Point(number(node.get(0), field), number(node.get(1), field));
    }

    private static Map<String, Double> scores(JsonNode node) {
        object(node, "vision.scores");
        var scores = new HashMap<String, Double>();
        node.properties()
                .forEach(entry ->
                        scores.put(
                                entry.getKey(),
                                number(entry.getValue(), "vision.scores." + entry.getKey())));
        return scores;
    }

    private static Priority priority(JsonNode body, Priority before) {
        if (!body.has("priority")) {
            return before;
        }
        return switch (text(body.get("priority"), "vision.priority")) {
            case "high" -> Priority.HIGH;
            case "normal" -> Priority.NORMAL;
            case "low" -> Priority.LOW;
            default ->
                    throw ApiProblem.invalid(
                            "vision.priority",
                            "camera.visionPriority",
                            "must be high, normal or low");
        };
    }

    private static void object(JsonNode node, String field) {
        if (!node.isObject()) {
            throw ApiProblem.invalid(field, "request.notAnObject", "must be an object");
        }
    }

    private static JsonNode array(@Nullable JsonNode node, String field) {
        if (node == null || !node.isArray()) {
            throw ApiProblem.invalid(field, "request.notAnArray", "must be a list");
        }
        return node;
    }

    private static String text(@Nullable JsonNode node, String field) {
        if (node == null || !node.isString()) {
            throw ApiProblem.invalid(field, "request.notText", "must be a text");
        }
        return node.stringValue();
    }

    private static int whole(@Nullable JsonNode node, String field) {
        if (node == null || !node.canConvertToInt() || !node.isIntegralNumber()) {
            throw ApiProblem.invalid(field, "request.notWholeNumber", "must be a whole number");
        }
        return node.intValue();
    }

    private static double number(@Nullable JsonNode node, String field) {
        if (node == null || !node.isNumber()) {
            throw ApiProblem.invalid(field, "request.notNumber", "must be a number");
        }
        return node.doubleValue();
    }

    private static boolean bool(JsonNode body, String member, boolean otherwise) {
        JsonNode value = body.get(member);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw ApiProblem.invalid(
                    "vision." + member, "request.notBoolean", "must be true or false");
        }
        return value.booleanValue();
    }
}
