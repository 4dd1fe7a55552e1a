package id.pantau.server.camera;

import id.pantau.server.camera.CameraException.FieldError;
import id.pantau.server.camera.VisionSettings.CountingLine;
import id.pantau.server.camera.VisionSettings.NamedZone;
import id.pantau.vision.Polygon;
import id.pantau.vision.detect.CocoLabels;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// What the settings of an analysis must be like. A polygon was checked when it was made.
final class VisionRules {
    private static final int MAX_SHAPES = 16;
    private static final int MAX_NAME = 60;
    private static final int MAX_DWELL_S = 24 * 3600;
    private static final double SHORTEST_LINE = 0.01;
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    private VisionRules() {}

    static void check(VisionSettings vision, List<FieldError> wrong) {
        if (vision.sensitivity() < 1 || vision.sensitivity() > 100) {
            add(wrong, "sensitivity", "visionSensitivity", "Sensitivity goes from 1 to 100.");
        }
        checkScore("leastScore", vision.leastScore(), wrong);
        vision.scores()
                .forEach((label, score) -> {
                    checkClass("scores", label, wrong);
                    checkScore("scores." + label, score, wrong);
                });
        for (String label : vision.classes()) {
            checkClass("classes", label, wrong);
        }
        checkCount("lines", vision.lines().size(), wrong);
        checkCount("zones", vision.zones().size(), wrong);
        checkCount("watched", vision.watched().size(), wrong);
        checkCount("ignored", vision.ignored().size(), wrong);
        checkCount("hidden", vision.hidden().size(), wrong);
        var ids = new HashSet<String>();
        for (int i = 0; i < vision.lines().size(); i++) {
            CountingLine line = vision.lines().get(i);
            String field = "lines[%d]".formatted(i);
            checkNamed(field, line.id(), line.name(), ids, wrong);
            double length = Math.hypot(line.a().x() - line.b().x(), line.a().y() - line.b().y());
            if (!isInPicture(line.a()) || !isInPicture(line.b())) {
                add(wrong, field, "visionLineOutside", "A line lies inside the picture (0..1).");
            } else if (length < SHORTEST_LINE) {
                add(
                        wrong,
                        field,
                        "visionLineTooShort",
                        "The line begins where it ends; draw it longer.");
            }
        }
        for (int i = 0; i < vision.zones().size(); i++) {
            NamedZone zone = vision.zones().get(i);
            String field = "zones[%d]".formatted(i);
            checkNamed(field, zone.id(), zone.name(), ids, wrong);
            Integer dwell = zone.dwellS();
            if (dwell != null && (dwell < 1 || dwell > MAX_DWELL_S)) {
                add(
                        wrong,
                        field + ".dwellS",
                        "visionDwell",
                        "Loitering begins after 1 second to 24 hours.");
            }
        }
    }

    private static void checkNamed(
            String field, String id, String name, HashSet<String> ids, List<FieldError> wrong) {
        if (!SLUG.matcher(id).matches()) {
            add(
                    wrong,
                    field + ".id",
                    "visionIdInvalid",
                    "An id has up to 40 lower-case letters a-z, digits and hyphens.");
        } else if (!ids.add(id)) {
            add(
                    wrong,
                    field + ".id",
                    "visionIdTwice",
                    "Two lines or zones have the id %s.".formatted(id));
        }
        String unused = TextRules.check("vision." + field + ".name", name, MAX_NAME, wrong);
        assert unused != null;
    }

    private static boolean isInPicture(Polygon.Point point) {
        return point.x() >= 0 && point.x() <= 1 && point.y() >= 0 && point.y() <= 1;
    }

    private static void checkClass(String field, String label, List<FieldError> wrong) {
        if (!label.equals(VisionSettings.UNKNOWN) && !CocoLabels.ALL.contains(label)) {
            add(wrong, field, "visionClass", "There is no class %s.".formatted(label));
        }
    }

    private static void checkScore(String field, double score, List<FieldError> wrong) {
        if (!(score >= 0.05 && score <= 0.95)) {
            add(wrong, field, "visionScore", "A least score lies between 0.05 and 0.95.");
        }
    }

    private static void checkCount(String field, int count, List<FieldError> wrong) {
        if (count > MAX_SHAPES) {
            add(
                    wrong,
                    field,
                    "visionTooMany",
                    "A camera has at most %d of these.".formatted(MAX_SHAPES));
        }
    }

    /// @param code stable, without its `camera.`
    private static void add(List<FieldError> wrong, String field, String code, String sentence) {
        wrong.add(new FieldError("vision." + field, "camera." + code, sentence));
    }
}
