package id.pantau.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReorderBufferTest {
    private static final long MS = 1_000_000;

    private final List<Integer> delivered = new ArrayList<>();
    private final ReorderBuffer buffer =
            new ReorderBuffer(
                    8,
                    Duration.ofMillis(100),
                    packet -> delivered.add(RtpPacket.sequenceOf(packet)));

    @Test
    void packetsInOrderGoStraightThroughAcrossTheWrap() {
        for (int i = 65_530; i < 65_546; i++) {
            offer(i & 0xffff, 0);
        }
        assertThat(delivered).hasSize(16).endsWith(7, 8, 9);
        assertThat(buffer.reordered() + buffer.lost() + buffer.late()).isZero();
    }

    @Test
    void packetsOutOfOrderArePutRight() {
        offerAll(65_534, 0, 65_535, 2, 1, 3);
        assertThat(delivered).containsExactly(65_534, 65_535, 0, 1, 2, 3);
        assertThat(buffer.reordered()).isEqualTo(2);
        assertThat(buffer.held()).isZero();
    }

    @Test
    void aMissingPacketIsWaitedForUntilItsTimeIsUp() {
        offerAll(1, 3, 4);
        buffer.expire(99 * MS);
        assertThat(delivered).containsExactly(1);
        buffer.expire(100 * MS);
        assertThat(delivered).containsExactly(1, 3, 4);
        assertThat(buffer.lost()).isEqualTo(1);
        offer(2, 101 * MS);
        assertThat(delivered).containsExactly(1, 3, 4);
        assertThat(buffer.late()).isEqualTo(1);
    }

    @Test
    void aFullBufferGivesUpItsOldestGap() {
        offerAll(1, 3, 4, 5, 6, 7, 8, 9);
        assertThat(delivered).containsExactly(1);
        offer(10, 0);
        assertThat(delivered).containsExactly(1, 3, 4, 5, 6, 7, 8, 9, 10);
        offer(40, 0);
        assertThat(buffer.held()).isEqualTo(1);
        buffer.flush();
        assertThat(delivered).endsWith(10, 40);
        assertThat(buffer.lost()).isEqualTo(1 + 29);
    }

    @Test
    void copiesAreDroppedAndCounted() {
        offerAll(1, 1, 3, 3, 2, 2);
        assertThat(delivered).containsExactly(1, 2, 3);
        assertThat(buffer.late()).isEqualTo(2);
        assertThat(buffer.duplicates()).isEqualTo(1);
    }

    @Test
    void aStrayPacketProvesNothingButTwoInARowAreANewBeginning() {
        offerAll(1, 2, 30_000, 3, 40_000, 40_001, 40_002);
        assertThat(delivered).containsExactly(1, 2, 3, 40_001, 40_002);
    }

    @Test
    void whatIsTooShortForRtpIsDropped() {
        buffer.offer(ByteBuffer.allocate(11), 0);
        assertThat(buffer.malformed()).isEqualTo(1);
    }

    private void offerAll(int... sequences) {
        for (int sequence : sequences) {
            offer(sequence, 0);
        }
    }

    private void offer(int sequence, long nanoTime) {
        buffer.offer(Units.packet(96, sequence, 0, false, ByteBuffer.allocate(3)), nanoTime);
    }
}
