package id.pantau.media.hls;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the media playlist of a live stream (RFC 8216bis §4.4.3, §4.4.4, §6.2.5). Names are
/// relative to the playlist.
final class LivePlaylist {
    /// `EXT-X-SKIP` needs it (§8).
    private static final int VERSION = 9;

    /// From the end of the playlist, in target durations: the least §4.4.3.8 allows.
    private static final int SKIP_BOUNDARY = 6;

    private static final int HOLD_BACK = 3;

    private final LiveWindow window;
    private final String query;
    private final Set<Long> withParts = new HashSet<>();

    /// @param query put behind every name: `?ticket=…`, or empty
    LivePlaylist(LiveWindow window, String query) {
        this.window = window;
        this.query = query;
        window.partsListed().forEach(segment -> withParts.add(segment.number()));
    }

    /// @param delta whether to leave out what lies behind the skip boundary
    String text(boolean delta) {
        int skipped = delta ? skippable() : 0;
        List<PlaylistTag> tags = new ArrayList<>();
        tags.add(new PlaylistTag("EXT-X-SERVER-CONTROL", serverControl()));
        tags.add(new PlaylistTag("EXT-X-PART-INF", "PART-TARGET=" + seconds(window.partTarget())));
        if (skipped > 0) {
            tags.add(new PlaylistTag("EXT-X-SKIP", "SKIPPED-SEGMENTS=" + skipped));
        }
        List<LiveSegment> listed = window.listed();
        long first = listed.isEmpty() ? window.nextNumber() : listed.getFirst().number();
        return new MediaPlaylist(
                        VERSION,
                        window.targetDurationS(),
                        first,
                        window.discontinuitySequence(),
                        null,
                        allIndependent(),
                        false,
                        tags,
                        listed.stream().skip(skipped).map(this::listed).toList(),
                        trailing())
                .text();
    }

    private boolean allIndependent() {
        LiveSegment open = window.open();
        return window.listed().stream().allMatch(LiveSegment::independent)
                && (open == null || open.independent());
    }

    private String serverControl() {
        return "CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=%s,HOLD-BACK=%s,PART-HOLD-BACK=%s"
                .formatted(
                        seconds(window.targetDuration().multipliedBy(SKIP_BOUNDARY)),
                        seconds(window.targetDuration().multipliedBy(HOLD_BACK)),
                        seconds(window.partTarget().multipliedBy(HOLD_BACK)));
    }

    /// How many segments lie wholly behind the skip boundary (§6.2.5.1).
    private int skippable() {
        Duration boundary = window.targetDuration().multipliedBy(SKIP_BOUNDARY);
        LiveSegment open = window.open();
        Duration behind = open == null ? Duration.ZERO : open.duration();
        int within = 0;
        for (LiveSegment segment : window.listed().reversed()) {
            if (behind.compareTo(boundary) >= 0) {
                break;
            }
            behind = behind.plus(segment.duration());
            within++;
        }
        return window.listed().size() - within;
    }

    private MediaPlaylist.Segment listed(LiveSegment segment) {
        return new MediaPlaylist.Segment(
                segment.name() + query,
                segment.duration(),
                "",
                date(segment),
                segment.discontinuity(),
                new MediaPlaylist.MapTag(segment.init().name() + query, null),
                null,
                withParts.contains(segment.number()) ? parts(segment) : List.of());
    }

    private List<PlaylistTag> parts(LiveSegment segment) {
        List<PlaylistTag> tags = new ArrayList<>();
        for (int i = 0; i < segment.parts().size(); i++) {
            LivePart part = segment.parts().get(i);
            tags.add(
                    new PlaylistTag(
                            "EXT-X-PART",
                            "DURATION=%s,URI=\"%s%s\"%s"
                                    .formatted(
                                            seconds(part.duration()),
                                            segment.partName(i),
                                            query,
                                            part.independent() ? ",INDEPENDENT=YES" : "")));
        }
        return tags;
    }

    private List<PlaylistTag> trailing() {
        List<PlaylistTag> tags = new ArrayList<>();
        LiveSegment open = window.open();
        if (open != null) {
            if (open.discontinuity()) {
                tags.add(new PlaylistTag("EXT-X-DISCONTINUITY", ""));
            }
            if (!open.init().equals(newestInit())) {
                tags.add(
                        new PlaylistTag("EXT-X-MAP", "URI=\"" + open.init().name() + query + "\""));
            }
            tags.add(new PlaylistTag("EXT-X-PROGRAM-DATE-TIME", date(open).toString()));
            tags.addAll(parts(open));
        }
        String next = LiveSegment.partName(window.nextNumber(), window.openParts());
        tags.add(
                new PlaylistTag(
                        "EXT-X-PRELOAD-HINT", "TYPE=PART,URI=\"%s%s\"".formatted(next, query)));
        return tags;
    }

    private @Nullable LiveInit newestInit() {
        return window.listed().isEmpty() ? null : window.listed().getLast().init();
    }

    private static Instant date(LiveSegment segment) {
        return segment.wallStart().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String seconds(Duration duration) {
        long micros = duration.toNanos() / 1000;
        return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
    }
}
