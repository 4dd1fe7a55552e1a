package id.pantau.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutgoingClockTest {
    private static final int FRAME = 3600;

    private final OutgoingClock clock = new OutgoingClock();
    private final List<Long> sent = new ArrayList<>();

    @Test
    void aGopOfThePastTakesNoTimeAndThePresentFollowsAtItsPace() {
        replay(100, 50);
        for (int i = 150; i < 160; i++) {
            live(i);
        }
        ascends();
        assertThat(sent.get(49) - sent.get(0)).isLessThanOrEqualTo(FRAME);
        assertThat(sent.get(50) - sent.get(49)).isEqualTo(FRAME);
        assertThat(sent.get(59) - sent.get(50)).isEqualTo(9L * FRAME);
    }

    @Test
    void aSecondReplayStaysBehindWhatWasSentAndCatchesUp() {
        replay(100, 10);
        live(110);
        replay(100, 11);
        for (int i = 111; i < 120; i++) {
            live(i);
        }
        ascends();
        assertThat(sent.getLast() - sent.getFirst()).isLessThanOrEqualTo(20L * FRAME);
    }

    @Test
    void anotherSessionOfTheStreamGoesOnBehindTheFirst() {
        live(1000);
        clock.sessionEnded();
        live(3);
        live(4);
        ascends();
        assertThat(sent.get(2) - sent.get(1)).isEqualTo(FRAME);
    }

    @Test
    void picturesKeepTheirOrderOfDisplay() {
        AccessUnit key = clock.live(unit(0, 2));
        AccessUnit late = clock.live(unit(1, 4));
        AccessUnit early = clock.live(unit(2, 3));
        assertThat(late.pts().ticks90k() - key.pts().ticks90k()).isEqualTo(2L * FRAME);
        assertThat(early.pts().ticks90k() - key.pts().ticks90k()).isEqualTo(FRAME);
    }

    private void replay(int first, int count) {
        AccessUnit newest = unit(first + count - 1, first + count - 1);
        for (int i = 0; i < count; i++) {
            AccessUnit unit = unit(first + i, first + i);
            sent.add(clock.replayed(unit, newest, count - 1 - i, count).pts().ticks90k());
        }
    }

    private void live(int frame) {
        sent.add(clock.live(unit(frame, frame)).pts().ticks90k());
    }

    private void ascends() {
        for (int i = 1; i < sent.size(); i++) {
            assertThat(sent.get(i)).isGreaterThan(sent.get(i - 1));
        }
    }

    private static AccessUnit unit(int dts, int pts) {
        return new AccessUnit(
                MediaKind.VIDEO,
                new MediaTime((long) dts * FRAME),
                new MediaTime((long) pts * FRAME),
                false,
                Instant.EPOCH,
                ByteBuffer.allocate(1));
    }
}
