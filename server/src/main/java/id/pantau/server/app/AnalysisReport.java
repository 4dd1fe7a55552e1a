package id.pantau.server.app;

import id.pantau.vision.Box;
import id.pantau.vision.Detection;
import id.pantau.vision.analysis.FileAnalysis;
import id.pantau.vision.analysis.Observation;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.track.ObjectTrack;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// What an analysis saw, as JSON lines. A crossing is written when its object is gone, so that it
/// has the class of the whole track.
final class AnalysisReport {
    /// Weaker ones feed the tracker only.
    private static final double LEAST_SCORE = 0.3;

    /// A track as it was last seen.
    ///
    /// @param frame of that
    private record Last(ObjectTrack track, int frame, Duration at, int firstFrame) {}

    /// @param frame of its moment
    private record Passed(Crossing crossing, int frame) {}

    /// Longer ago no crossing lies when it is noticed.
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private final JsonMapper json = new JsonMapper();
    private final PrintWriter out;
    private final LinesFile lines;
    private final Map<Long, Last> tracks = new TreeMap<>();
    private final Map<Long, List<Passed>> crossings = new HashMap<>();
    private final TreeMap<Duration, Integer> frames = new TreeMap<>();

    AnalysisReport(PrintWriter out, LinesFile lines) {
        this.out = out;
        this.lines = lines;
    }

    void add(FileAnalysis.Step step) {
        Observation seen = step.observation();
        frames.put(seen.at(), step.frame());
        frames.headMap(seen.at().minus(REMEMBERED)).clear();
        for (Detection detection : seen.detections()) {
            if (detection.score() >= LEAST_SCORE) {
                write(step, detection);
            }
        }
        for (ObjectTrack track : seen.tracks()) {
            tracks.merge(
                    track.id(),
                    new Last(track, step.frame(), seen.at(), step.frame()),
                    (before, now) ->
                            new Last(now.track(), now.frame(), now.at(), before.firstFrame()));
        }
        for (Crossing crossing : seen.crossings()) {
            crossings
                    .computeIfAbsent(crossing.track(), _ -> new ArrayList<>())
                    .add(new Passed(crossing, frames.ceilingEntry(crossing.at()).getValue()));
        }
        tracks.values()
                .removeIf(last -> {
                    boolean gone = last.frame() != step.frame();
                    if (gone) {
                        write(last);
                    }
                    return gone;
                });
    }

    /// Of the file: objects that are still there end with it.
    void end() {
        tracks.values().forEach(this::write);
        out.flush();
    }

    private void write(FileAnalysis.Step step, Detection detection) {
        var line = new LinkedHashMap<String, Object>();
        line.put("type", "detection");
        line.put("frame", step.frame());
        line.put("timeMs", step.observation().at().toMillis());
        line.put("class", detection.label());
        line.put("score", rounded(detection.score()));
        line.put("box", box(detection.box()));
        write(line);
    }

    private void write(Last last) {
        ObjectTrack track = last.track();
        for (Passed passed : crossings.getOrDefault(track.id(), List.of())) {
            Crossing crossing = passed.crossing();
            var line = new LinkedHashMap<String, Object>();
            line.put("type", "crossing");
            line.put("frame", passed.frame());
            line.put("timeMs", crossing.at().toMillis());
            line.put("line", crossing.line());
            line.put("direction", lines.direction(crossing));
            line.put("class", track.label());
            line.put("score", rounded(track.score()));
            line.put("track", track.id());
            write(line);
        }
        crossings.remove(track.id());
        var line = new LinkedHashMap<String, Object>();
        line.put("type", "track");
        line.put("track", track.id());
        line.put("class", track.label());
        line.put("score", rounded(track.score()));
        line.put("firstFrame", last.firstFrame());
        line.put("lastFrame", last.frame());
        line.put("firstMs", track.firstSeen().toMillis());
        line.put("lastMs", last.at().toMillis());
        line.put("box", box(track.box()));
        write(line);
    }

    private void write(Map<String, Object> line) {
        out.println(json.writeValueAsString(line));
    }

    private static List<Double> box(Box box) {
        return List.of(
                rounded(box.left()),
                rounded(box.top()),
                rounded(box.right()),
                rounded(box.bottom()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
