package id.pantau.testkit;

import id.pantau.vision.Box;
import id.pantau.vision.track.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How good a tracker is, against hand-made tracks: CLEAR MOT (Bernardin and Stiefelhagen, 2008)
/// and IDF1 (Ristani et al., 2016), at an overlap of one half. Boxes in pixels.
///
/// @param falsePositives boxes of the tracker without an object
/// @param misses objects without a box
/// @param switches an object that was followed goes on under another number
/// @param mota 1 - (false positives + misses + switches) / objects; percent
/// @param idf1 how much of all boxes goes to the right track over the whole clip; percent
public record MotMetrics(
        int objects, int falsePositives, int misses, int switches, double mota, double idf1) {
    private static final double LEAST_IOU = 0.5;

    /// One box of a track.
    public record Row(int frame, long id, Box box) {}

    /// Reads the MOT Challenge's text format: `frame,id,left,top,width,height,…`.
    public static List<Row> parse(List<String> lines) {
        return lines.stream().filter(line -> !line.isBlank()).map(MotMetrics::row).toList();
    }

    private static Row row(String line) {
        String[] part = line.split(",");
        double left = Double.parseDouble(part[2]);
        double top = Double.parseDouble(part[3]);
        return new Row(
                Integer.parseInt(part[0]),
                Long.parseLong(part[1]),
                new Box(
                        left,
                        top,
                        left + Double.parseDouble(part[4]),
                        top + Double.parseDouble(part[5])));
    }

    public static MotMetrics of(List<Row> truth, List<Row> tracked) {
        Map<Integer, List<Row>> truthAt = byFrame(truth);
        Map<Integer, List<Row>> trackedAt = byFrame(tracked);
        Set<Integer> frames = new TreeSet<>(truthAt.keySet());
        frames.addAll(trackedAt.keySet());
        var last = new HashMap<Long, Long>(); // object -> track that had it last
        int falsePositives = 0;
        int misses = 0;
        int switches = 0;
        for (int frame : frames) {
            List<Row> objects = truthAt.getOrDefault(frame, List.of());
            List<Row> boxes = trackedAt.getOrDefault(frame, List.of());
            Map<Row, Row> matched = match(objects, boxes, last);
            for (var pair : matched.entrySet()) {
                Long before = last.put(pair.getKey().id(), pair.getValue().id());
                switches += before != null && before != pair.getValue().id() ? 1 : 0;
            }
            misses += objects.size() - matched.size();
            falsePositives += boxes.size() - matched.size();
        }
        double mota = 100 * (1 - (falsePositives + misses + switches) / (double) truth.size());
        return new MotMetrics(
                truth.size(), falsePositives, misses, switches, mota, idf1(truth, tracked));
    }

    private static Map<Integer, List<Row>> byFrame(List<Row> rows) {
        var result = new TreeMap<Integer, List<Row>>();
        rows.forEach(row -> result.computeIfAbsent(row.frame(), _ -> new ArrayList<>()).add(row));
        return result;
    }

    /// Whom a track had before, it keeps as long as it overlaps enough; the others go by overlap.
    private static Map<Row, Row> match(List<Row> objects, List<Row> boxes, Map<Long, Long> last) {
        var matched = new HashMap<Row, Row>();
        var freeObjects = new ArrayList<>(objects);
        var freeBoxes = new ArrayList<>(boxes);
        for (Row object : objects) {
            Long before = last.get(object.id());
            for (Row box : boxes) {
                if (before != null
                        && box.id() == before
                        && freeBoxes.contains(box)
                        && object.box().iou(box.box()) >= LEAST_IOU) {
                    matched.put(object, box);
                    freeObjects.remove(object);
                    freeBoxes.remove(box);
                }
            }
        }
        double[][] cost = new double[freeObjects.size()][freeBoxes.size()];
        for (int i = 0; i < freeObjects.size(); i++) {
            for (int j = 0; j < freeBoxes.size(); j++) {
                cost[i][j] = 1 - freeObjects.get(i).box().iou(freeBoxes.get(j).box());
            }
        }
        int[] pairs = Assignment.solve(cost, 1 - LEAST_IOU);
        for (int i = 0; i < pairs.length; i++) {
            if (pairs[i] >= 0) {
                matched.put(freeObjects.get(i), freeBoxes.get(pairs[i]));
            }
        }
        return matched;
    }

    private static double idf1(List<Row> truth, List<Row> tracked) {
        Map<Integer, List<Row>> trackedAt = byFrame(tracked);
        List<Long> objects = truth.stream().map(Row::id).distinct().toList();
        List<Long> tracks = tracked.stream().map(Row::id).distinct().toList();
        double[][] cost = new double[objects.size()][tracks.size()];
        for (Row object : truth) {
            for (Row box : trackedAt.getOrDefault(object.frame(), List.of())) {
                if (object.box().iou(box.box()) >= LEAST_IOU) {
                    cost[objects.indexOf(object.id())][tracks.indexOf(box.id())]--;
                }
            }
        }
        int[] pairs = Assignment.solve(cost, 0);
        double right = 0;
        for (int i = 0; i < pairs.length; i++) {
            right -= pairs[i] < 0 ? 0 : cost[i][pairs[i]];
        }
        return 100 * 2 * right / (truth.size() + tracked.size());
    }
}
