package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");
    private static final Duration PICTURE = Duration.ofMillis(40);

    private final Placement placement = new Placement();

    /// @param late how much later than the first one it arrives
    private long place(Duration media, Duration late) {
        var time = new MediaTime(media.toMillis() * 90);
        Instant wall = START.plus(media).plus(late);
        var unit = new AccessUnit(MediaKind.VIDEO, time, time, true, wall, ByteBuffer.allocate(1));
        return placement.place(unit, true, 0) - START.toEpochMilli();
    }

    @Test
    void whatComesALittleLateOrEarlyIsNotMoved() {
        place(Duration.ZERO, Duration.ZERO);
        for (int i = 1; i < 7500; i++) {
            Duration media = PICTURE.multipliedBy(i);
            Duration late = Duration.ofMillis(i % 2 == 0 ? 240 : -240);
            assertThat(place(media, late)).isEqualTo(media.toMillis());
        }
    }

    @Test
    void aCameraWhoseClockIsSlowIsFollowedAndNeverFasterThan500Ppm() {
        long before = place(Duration.ZERO, Duration.ZERO);
        for (int i = 1; i < 7500; i++) {
            long placed = place(PICTURE.multipliedBy(i), Duration.ofMillis(800));
            assertThat(placed - before).isBetween(40L, 41L);
            before = placed;
        }
        long corrected = before - PICTURE.multipliedBy(7499).toMillis();
        assertThat(corrected).isBetween(148L, 150L); // 500 ppm of 300 s
        for (int i = 7500; i < 60_000; i++) {
            before = place(PICTURE.multipliedBy(i), Duration.ofMillis(800));
        }
        assertThat(before - PICTURE.multipliedBy(59_999).toMillis()).isEqualTo(550);
    }
}
