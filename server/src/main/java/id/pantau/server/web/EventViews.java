package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.event.Event;
import id.pantau.server.event.EventType;
import id.pantau.server.event.LineCount;
import id.pantau.server.event.PathPoint;
import id.pantau.server.event.PictureFlaw;
import id.pantau.server.event.QualityShare;
import id.pantau.vision.Box;
import id.pantau.vision.count.Crossing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Events and counts as the HTTP contract shows them. Boxes are `[left, top, right, bottom]`.
final class EventViews {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EventView(
            String id,
            String camera,
            @Word(EventType.class) String type,
            @Nullable String label,
            @Nullable Double score,
            @Nullable Long track,
            @Nullable String line,
            @Nullable String zone,
            @Word(Crossing.Direction.class) @Nullable String direction,
            @Nullable String name,
            Instant start,
            @Nullable Instant end,
            double @Nullable [] box,
            boolean hasSnapshot,
            boolean seen,
            @Word(PictureFlaw.class) @Nullable List<String> quality) {}

    record EventsView(List<EventView> events, @Nullable String nextCursor) {}

    /// @param path each `[ms since the start, left, top, right, bottom]`
    record EventDetailView(EventView event, List<double[]> path) {}

    record CountView(long toLeft, long toRight) {}

    record LineCountsView(long toLeft, long toRight, Map<String, CountView> byClass) {}

    record NamedCountsView(
            String line, String name, long toLeft, long toRight, Map<String, CountView> byClass) {}

    /// @param minutes that were analysed, in all hours that have a part of the time asked for
    /// @param dark share of those minutes, 0..1, as are the others
    record QualityView(long minutes, double dark, double blurred, double rainLike) {}

    /// @param quality absent when nothing was analysed
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CrossingsView(List<NamedCountsView> lines, @Nullable QualityView quality) {}

    private EventViews() {}

    static EventView of(Event event, boolean seen, Set<PictureFlaw> flaws) {
        Crossing.Direction direction = event.direction();
        Box box = event.box();
        boolean isLine = event.type() == EventType.LINE;
        return new EventView(
                event.id(),
                event.camera(),
                CameraViews.word(event.type()),
                event.label(),
                event.score() == null ? null : VisionViews.digits(event.score()),
                event.track(),
                isLine ? event.place() : null,
                isLine ? null : event.place(),
                direction == null ? null : CameraViews.word(direction),
                event.placeName(),
                event.start(),
                event.end(),
                box == null ? null : VisionViews.box(box),
                event.snapshot() != null,
                seen,
                flaws.isEmpty() ? null : flaws.stream().map(CameraViews::word).toList());
    }

    static EventDetailView detail(
            Event event, boolean seen, Set<PictureFlaw> flaws, List<PathPoint> path) {
        return new EventDetailView(
                of(event, seen, flaws),
                path.stream()
                        .map(point -> {
                            Box box = point.box();
                            return new double[] {
                                point.ms(), box.left(), box.top(), box.right(), box.bottom()
                            };
                        })
                        .toList());
    }

    static @Nullable QualityView of(QualityShare share) {
        double minutes = share.looked();
        return share.looked() == 0
                ? null
                : new QualityView(
                        share.looked(),
                        VisionViews.digits(share.dark() / minutes),
                        VisionViews.digits(share.blurred() / minutes),
                        VisionViews.digits(share.rainLike() / minutes));
    }

    /// Of one line.
    static LineCountsView counts(List<LineCount> counts) {
        var byClass = new LinkedHashMap<String, CountView>();
        long left = 0;
        long right = 0;
        for (LineCount one : counts) {
            boolean toLeft = one.direction() == Crossing.Direction.TO_LEFT;
            long passedLeft = toLeft ? one.count() : 0;
            long passedRight = toLeft ? 0 : one.count();
            left += passedLeft;
            right += passedRight;
            byClass.merge(
                    one.label(),
                    new CountView(passedLeft, passedRight),
                    (a, b) -> new CountView(a.toLeft() + b.toLeft(), a.toRight() + b.toRight()));
        }
        return new LineCountsView(left, right, byClass);
    }
}
