package id.pantau.bench;

import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a person counted in one clip.
final class HandCount {
    private static final int USUAL_TOLERANCE = 4;

    /// So many times the tolerance away it is another object.
    private static final int SEARCHED = 4;

    /// @param plus towards larger x (a standing line) or larger y (a lying one)
    private record Truth(String line, String label, boolean plus, int frame) {}

    /// How right an analysis is.
    ///
    /// @param found crossings that were made, whatever the class
    /// @param wrong crossings that nobody made
    /// @param named of those found, with the right class
    /// @param timely of those found, within the tolerance of the hand count
    record Score(int found, int wrong, int named, int timely) {}

    private final List<Line> lines = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();
    private final int tolerance;
    private final Spans presence;
    private final double lengthS;

    private HandCount(JsonNode clip) {
        double width = clip.path("width").asDouble();
        double height = clip.path("height").asDouble();
        this.tolerance = clip.path("frame_tolerance").asInt(USUAL_TOLERANCE);
        for (JsonNode line : clip.path("lines")) {
            String id = line.path("id").asString();
            lines.add(
                    new Line(
                            id,
                            line.path("x1").asDouble() / width,
                            line.path("y1").asDouble() / height,
                            line.path("x2").asDouble() / width,
                            line.path("y2").asDouble() / height));
            for (JsonNode one : line.path("crossings")) {
                truths.add(
                        new Truth(
                                id,
                                one.path("class").asString(),
                                one.path("dir").asString().equals("+"),
                                one.path("frame").asInt()));
            }
        }
        double fps = clip.path("fps").asDouble(25);
        this.lengthS = clip.path("frames").asInt() / fps;
        this.presence = presence(clip, fps);
    }

    /// Whoever crosses a line was there; so was who is said to be visible, or in a zone.
    private Spans presence(JsonNode clip, double fps) {
        var spans = new ArrayList<Spans.Span>();
        truths.forEach(one -> spans.add(span(one.frame(), one.frame(), fps)));
        for (JsonNode one : clip.path("visible_frames")) {
            spans.add(span(one.path("from").asInt(), one.path("to").asInt(), fps));
        }
        for (JsonNode zone : clip.path("zones")) {
            for (JsonNode one : zone.path("presence_frames")) {
                spans.add(span(one.path(0).asInt(), one.path(1).asInt(), fps));
            }
        }
        return Spans.of(spans);
    }

    /// From the first frame's beginning to the last one's end.
    private static Spans.Span span(int first, int last, double fps) {
        return new Spans.Span(first / fps, (last + 1) / fps);
    }

    /// When somebody is before the camera, as far as it was written down.
    Spans presence() {
        return presence;
    }

    /// Whether it says that there is nobody.
    boolean isEmpty() {
        return presence.seconds() == 0;
    }

    double lengthS() {
        return lengthS;
    }

    static HandCount of(JsonNode clip) {
        return new HandCount(clip);
    }

    List<Line> lines() {
        return lines;
    }

    int crossings() {
        return truths.size();
    }

    /// @param frames by the times of crossings
    /// @param labels by track
    Score compare(
            List<Crossing> crossings, Map<Duration, Integer> frames, Map<Long, String> labels) {
        var left = new ArrayList<>(truths);
        int wrong = 0;
        int named = 0;
        int timely = 0;
        for (Crossing crossing : crossings) {
            int frame = frames.getOrDefault(crossing.at(), -1);
            Truth nearest = null;
            for (Truth truth : left) {
                boolean fits =
                        truth.line().equals(crossing.line())
                                && truth.plus() == isPlus(crossing)
                                && Math.abs(truth.frame() - frame) <= SEARCHED * tolerance;
                boolean nearer =
                        nearest == null
                                || Math.abs(truth.frame() - frame)
                                        < Math.abs(nearest.frame() - frame);
                nearest = fits && nearer ? truth : nearest;
            }
            if (nearest == null) {
                wrong++;
            } else {
                left.remove(nearest);
                named += nearest.label().equals(labels.get(crossing.track())) ? 1 : 0;
                timely += Math.abs(nearest.frame() - frame) <= tolerance ? 1 : 0;
            }
        }
        return new Score(truths.size() - left.size(), wrong, named, timely);
    }

    private boolean isPlus(Crossing crossing) {
        Line line =
                lines.stream()
                        .filter(one -> one.id().equals(crossing.line()))
                        .findFirst()
                        .orElseThrow();
        return line.isAscending(crossing.direction());
    }
}
