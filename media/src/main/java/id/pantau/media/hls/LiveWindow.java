package id.pantau.media.hls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What of a live stream can be fetched at one moment. Immutable.
///
/// @param expired finished segments that are no longer listed, kept for players that read an older
///   playlist (RFC 8216bis §6.2.2); oldest first
/// @param listed finished segments, oldest first
/// @param open the growing segment; null after a break, until the next key frame
/// @param nextNumber media sequence number of the open segment, or of the one to come
/// @param targetDurationS whole seconds; no listed segment, rounded, is longer
/// @param partTarget no listed part is longer
/// @param discontinuitySequence how many discontinuities have left the list
record LiveWindow(
        List<LiveSegment> expired,
        List<LiveSegment> listed,
        @Nullable LiveSegment open,
        long nextNumber,
        long targetDurationS,
        Duration partTarget,
        long discontinuitySequence) {
    LiveWindow {
        expired = List.copyOf(expired);
        listed = List.copyOf(listed);
    }

    /// How many parts the open segment has.
    int openParts() {
        return open == null ? 0 : open.parts().size();
    }

    Duration targetDuration() {
        return Duration.ofSeconds(targetDurationS);
    }

    /// The newest segments, whose parts are listed too: those of the last three target durations
    /// (RFC 8216bis §6.2.2), and the open one.
    List<LiveSegment> partsListed() {
        List<LiveSegment> newest = new ArrayList<>();
        Duration behind = Duration.ZERO;
        if (open != null) {
            newest.add(open);
            behind = open.duration();
        }
        for (LiveSegment segment : listed.reversed()) {
            if (behind.compareTo(targetDuration().multipliedBy(3)) >= 0) {
                break;
            }
            newest.addFirst(segment);
            behind = behind.plus(segment.duration());
        }
        return newest;
    }

    /// A segment that can still be fetched, also the open one.
    Optional<LiveSegment> find(long number) {
        if (open != null && open.number() == number) {
            return Optional.of(open);
        }
        for (List<LiveSegment> segments : List.of(listed, expired)) {
            for (LiveSegment segment : segments) {
                if (segment.number() == number) {
                    return Optional.of(segment);
                }
            }
        }
        return Optional.empty();
    }

    Optional<LiveInit> findInit(long number) {
        return Stream.of(listed, expired, open == null ? List.<LiveSegment>of() : List.of(open))
                .flatMap(List::stream)
                .map(LiveSegment::init)
                .filter(init -> init.number() == number)
                .findFirst();
    }

    /// Whether a playlist of this window holds the segment, or the part, or something behind it
    /// (RFC 8216bis §6.2.5.2). A part behind a segment's last one is the next segment's first.
    ///
    /// @param part null for the whole segment
    boolean reaches(long number, @Nullable Integer part) {
        if (number > nextNumber) {
            return false;
        }
        if (number == nextNumber) {
            return part != null && openParts() > part;
        }
        if (part == null || number < nextNumber - 1 || openParts() > 0) {
            return true;
        }
        return find(number).map(segment -> segment.parts().size() > part).orElse(true);
    }

    LiveWindow ofOpen(@Nullable LiveSegment next, Duration nextPartTarget) {
        return new LiveWindow(
                expired,
                listed,
                next,
                nextNumber,
                targetDurationS,
                nextPartTarget,
                discontinuitySequence);
    }
}
