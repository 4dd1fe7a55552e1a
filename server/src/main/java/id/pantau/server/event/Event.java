package id.pantau.server.event;

import id.pantau.vision.Box;
import id.pantau.vision.count.Crossing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something worth a person's attention.
///
/// @param id random
/// @param label class of the object; null when it is about none
/// @param score 0..1; null without a detection
/// @param track the object's; never given twice
/// @param place id of the line or zone
/// @param placeName its name then
/// @param start by the server's clock
/// @param end null while it lasts
/// @param box where the object is on the snapshot, or where it was first
/// @param snapshot file below the folder of snapshots; null when there is none yet
public record Event(
        String id,
        String camera,
        EventType type,
        @Nullable String label,
        @Nullable Double score,
        @Nullable Long track,
        @Nullable String place,
        @Nullable String placeName,
        Crossing.@Nullable Direction direction,
        Instant start,
        @Nullable Instant end,
        @Nullable Box box,
        @Nullable String snapshot) {
    static Event begin(String id, String camera, EventType type, Instant start) {
        return new Event(
                id, camera, type, null, null, null, null, null, null, start, null, null, null);
    }

    Event of(long nextTrack, String nextLabel, @Nullable Double nextScore, @Nullable Box nextBox) {
        return new Event(
                id, camera, type, nextLabel, nextScore, nextTrack, place, placeName, direction,
                start, end, nextBox, snapshot);
    }

    Event at(String nextPlace, String nextPlaceName, Crossing.@Nullable Direction nextDirection) {
        return new Event(
                id,
                camera,
                type,
                label,
                score,
                track,
                nextPlace,
                nextPlaceName,
                nextDirection,
                start,
                end,
                box,
                snapshot);
    }

    Event ended(Instant nextEnd) {
        return last(nextEnd.isBefore(start) ? start : nextEnd, box, snapshot);
    }

    Event shown(Box nextBox, String nextSnapshot) {
        return last(end, nextBox, nextSnapshot);
    }

    private Event last(
            @Nullable Instant nextEnd, @Nullable Box nextBox, @Nullable String nextSnapshot) {
        return new Event(
                id,
                camera,
                type,
                label,
                score,
                track,
                place,
                placeName,
                direction,
                start,
                nextEnd,
                nextBox,
                nextSnapshot);
    }
}
