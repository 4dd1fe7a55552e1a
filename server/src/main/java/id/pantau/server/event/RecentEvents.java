package id.pantau.server.event;

import id.pantau.vision.worker.AnalysisMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The events of one camera that run or began a moment ago, each with what is known of the pictures
/// that it began in. Confined to the thread of its analysis.
final class RecentEvents {
    /// The minute of an event is judged long before, and its last picture has come.
    private static final Duration RECENT = Duration.ofMinutes(5);

    record Known(Event event, Set<PictureFlaw> flaws) {}

    private final Map<String, Known> known = new LinkedHashMap<>(); // by id
    private AnalysisMessage.@Nullable Quality minute;
    private Instant latest = Instant.EPOCH;

    /// The last minute, when an event began in it: an object is an event once it has moved, and may
    /// have come in the minute before.
    AnalysisMessage.@Nullable Quality minuteOf(Event event) {
        AnalysisMessage.Quality last = minute;
        return last != null && QualityRepository.covers(last, event.start()) ? last : null;
    }

    /// It began or changed.
    ///
    /// @return what is known of its pictures
    Set<PictureFlaw> put(Event event) {
        Known before = known.get(event.id());
        AnalysisMessage.Quality judged = minuteOf(event);
        Set<PictureFlaw> flaws =
                before != null
                        ? before.flaws()
                        : judged != null ? PictureFlaw.of(judged) : Set.<PictureFlaw>of();
        known.put(event.id(), new Known(event, flaws));
        latest = event.start().isAfter(latest) ? event.start() : latest;
        Instant bound = latest.minus(RECENT);
        known.values()
                .removeIf(one -> one.event().end() != null && one.event().start().isBefore(bound));
        return flaws;
    }

    /// @return those that began in it, when its pictures were poor
    List<Known> minuteEnded(AnalysisMessage.Quality ended) {
        minute = ended;
        Set<PictureFlaw> flaws = PictureFlaw.of(ended);
        var judged = new ArrayList<Known>();
        if (flaws.isEmpty()) {
            return judged;
        }
        known.replaceAll((_, one) -> {
            if (!QualityRepository.covers(ended, one.event().start())) {
                return one;
            }
            var now = new Known(one.event(), flaws);
            judged.add(now);
            return now;
        });
        return judged;
    }
}
