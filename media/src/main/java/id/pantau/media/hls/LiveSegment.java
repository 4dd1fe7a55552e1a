package id.pantau.media.hls;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One media segment of a live stream, finished or still growing. Immutable: a growing one is
/// replaced with every part.
///
/// @param number media sequence number
/// @param discontinuity whether times or formats break before it
/// @param wallStart wall clock of its first sample
/// @param parts oldest first; at least one once it is finished
/// @param pictures how many access units of video it holds
record LiveSegment(
        long number,
        LiveInit init,
        boolean discontinuity,
        Instant wallStart,
        List<LivePart> parts,
        int pictures) {
    LiveSegment {
        parts = List.copyOf(parts);
    }

    String name() {
        return "segment-%d.m4s".formatted(number);
    }

    String partName(int part) {
        return partName(number, part);
    }

    static String partName(long number, int part) {
        return "part-%d-%d.m4s".formatted(number, part);
    }

    /// The sum of its parts.
    Duration duration() {
        return parts.stream().map(LivePart::duration).reduce(Duration.ZERO, Duration::plus);
    }

    long sizeBytes() {
        return parts.stream().mapToLong(LivePart::sizeBytes).sum();
    }

    boolean independent() {
        return !parts.isEmpty() && parts.getFirst().independent();
    }

    List<ByteBuffer> buffers() {
        return parts.stream().flatMap(part -> part.buffers().stream()).toList();
    }
}
