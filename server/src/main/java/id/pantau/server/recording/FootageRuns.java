package id.pantau.server.recording;

import java.util.ArrayList;
import java.util.List;

/// The footage of one camera by start, what touches joined: a day of 1440 segments is one run.
final class FootageRuns {
    private final List<Footage> runs = new ArrayList<>();

    /// @param next begins where the last ended, or later
    void append(Footage next) {
        if (!runs.isEmpty() && runs.getLast().isContinuedBy(next)) {
            runs.add(runs.removeLast().with(next));
        } else {
            runs.add(next);
        }
    }

    /// Adds what is not known yet, wherever it belongs; the start of a known one says it is known.
    void insert(Footage footage) {
        int at = runs.size();
        while (at > 0 && runs.get(at - 1).startMs() > footage.startMs()) {
            at--;
        }
        if (at > 0 && runs.get(at - 1).endMs() > footage.startMs()) {
            return;
        }
        runs.add(at, footage);
    }

    List<Footage> list() {
        return List.copyOf(runs);
    }
}
