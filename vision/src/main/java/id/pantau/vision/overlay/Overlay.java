package id.pantau.vision.overlay;

import id.pantau.vision.Box;
import id.pantau.vision.Frame;
import id.pantau.vision.analysis.Observation;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.Line;
import id.pantau.vision.track.ObjectTrack;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Draws what was seen last: objects with class, score and number, and lines with what has crossed
/// them so far. A box whose object is nowhere to be seen, and only should be there, is dashed. Not
/// thread-safe.
public final class Overlay {
    private final List<Line> lines;
    private final Map<String, Integer> ascending = new HashMap<>(); // by line, `+`
    private final Map<String, Integer> descending = new HashMap<>();
    private final Pen pen = new Pen();
    private List<ObjectTrack> tracks = List.of();

    public Overlay(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    public void see(Observation seen) {
        tracks = seen.tracks();
        for (Crossing crossing : seen.crossings()) {
            for (Line line : lines) {
                if (line.id().equals(crossing.line())) {
                    boolean plus = line.isAscending(crossing.direction());
                    (plus ? ascending : descending).merge(line.id(), 1, Integer::sum);
                }
            }
        }
    }

    /// Onto that picture, for good.
    public void draw(Frame frame) {
        pen.take(frame);
        for (Line line : lines) {
            draw(frame, line);
        }
        for (ObjectTrack track : tracks) {
            draw(frame, track);
        }
    }

    private void draw(Frame frame, Line line) {
        int fromX = px(line.x1(), frame.widthPx());
        int fromY = px(line.y1(), frame.heightPx());
        int toX = px(line.x2(), frame.widthPx());
        int toY = px(line.y2(), frame.heightPx());
        pen.line(fromX, fromY, toX, toY, Colour.YELLOW);
        String text =
                "%s +%d -%d"
                        .formatted(
                                line.id(),
                                ascending.getOrDefault(line.id(), 0),
                                descending.getOrDefault(line.id(), 0));
        // In its middle: ends of lines lie at the edges, where cameras write the time.
        pen.text(
                text,
                (fromX + toX) / 2 + pen.thicknessPx(),
                (fromY + toY) / 2 + pen.thicknessPx(),
                Colour.YELLOW);
    }

    private void draw(Frame frame, ObjectTrack track) {
        Box box = track.box().clipped();
        int left = px(box.left(), frame.widthPx());
        int top = px(box.top(), frame.heightPx());
        Colour colour = Colour.of(track.label());
        boolean guessed = track.seen() == ObjectTrack.Seen.PREDICTION;
        pen.box(
                left,
                top,
                px(box.right(), frame.widthPx()),
                px(box.bottom(), frame.heightPx()),
                colour,
                guessed);
        String name =
                track.label().equals(ObjectTrack.UNKNOWN)
                        ? track.label()
                        : String.format(Locale.ROOT, "%s %.2f", track.label(), track.score());
        pen.text(name + " #" + track.id(), left, top - pen.textHeightPx(), colour);
    }

    private static int px(double part, int length) {
        return (int) Math.round(part * length);
    }
}
