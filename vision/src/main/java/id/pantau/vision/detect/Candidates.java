package id.pantau.vision.detect;

import id.pantau.vision.Box;
import id.pantau.vision.Detection;
import id.pantau.vision.ObjectGroup;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The boxes of one run, before and after those that overlap a better one are dropped (non-maximum
/// suppression within a group of classes). Boxes are in pixels of the model's input.
final class Candidates {
    /// What is left of a picture full of noise.
    private static final int MOST = 1000;

    private final List<String> labels;
    private final boolean[] wanted;
    private final float leastScore;
    private final List<Detection> found = new ArrayList<>();

    /// @param classes empty: all
    Candidates(List<String> labels, Set<String> classes, double leastScore) {
        this.labels = labels;
        this.leastScore = (float) leastScore;
        this.wanted = new boolean[labels.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = classes.isEmpty() || classes.contains(labels.get(i));
        }
    }

    int classes() {
        return wanted.length;
    }

    boolean isWanted(int label) {
        return wanted[label];
    }

    /// Whether anything below may be left out.
    float leastScore() {
        return leastScore;
    }

    /// Which class of a box scores best, of those that are asked for.
    ///
    /// @param values the output
    /// @param at where the score of the first class lies
    /// @param step from the score of one class to the next
    /// @return -1 when all are zero
    int best(FloatBuffer values, int at, int step) {
        int best = -1;
        float most = 0;
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i]) {
                float score = values.get(at + i * step);
                if (score > most) {
                    most = score;
                    best = i;
                }
            }
        }
        return best;
    }

    void add(double centreX, double centreY, double width, double height, int label, float score) {
        if (Double.isFinite(centreX + centreY + width + height) && width > 0 && height > 0) {
            found.add(
                    new Detection(
                            Box.ofCentre(centreX, centreY, width, height),
                            labels.get(label),
                            score));
        }
    }

    void addCorners(double left, double top, double right, double bottom, int label, float score) {
        add((left + right) / 2, (top + bottom) / 2, right - left, bottom - top, label, score);
    }

    /// Best first.
    List<Detection> best(double mostIou) {
        found.sort(Comparator.comparingDouble(Detection::score).reversed());
        var kept = new ArrayList<Detection>();
        for (Detection one : found.subList(0, Math.min(MOST, found.size()))) {
            boolean covered =
                    kept.stream()
                            .anyMatch(better ->
                                    ObjectGroup.same(better.label(), one.label())
                                            && better.box().iou(one.box()) > mostIou);
            if (!covered) {
                kept.add(one);
            }
        }
        return kept;
    }
}
