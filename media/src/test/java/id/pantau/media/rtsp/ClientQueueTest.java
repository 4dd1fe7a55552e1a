package id.pantau.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientQueueTest {
    private final ClientQueue queue = new ClientQueue(1000);

    @Test
    void mediaBeginsWithAKeyFrameAndNothingBeforeCountsAsLost() throws InterruptedException {
        queue.media(unit(false, 10));
        queue.media(unit(true, 20));
        queue.media(unit(false, 30));
        assertThat(takeAll()).containsExactly(20, 30);
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void anOverflowDropsUpToTheNextKeyFrame() throws InterruptedException {
        queue.media(unit(true, 600));
        queue.media(unit(false, 300));
        queue.media(unit(false, 200)); // does not fit
        queue.media(unit(false, 10)); // would, but cannot be decoded any more
        assertThat(takeAll()).containsExactly(600, 300);
        queue.media(unit(false, 11));
        queue.media(unit(true, 50));
        assertThat(takeAll()).containsExactly(50);
        assertThat(queue.dropped()).isEqualTo(3);
    }

    @Test
    void aPictureLargerThanTheQueueStillPasses() throws InterruptedException {
        queue.media(unit(true, 5000));
        assertThat(takeAll()).containsExactly(5000);
    }

    @Test
    void answersGetThroughAFullQueueButNotWithoutEnd() throws InterruptedException {
        queue.media(unit(true, 1000));
        for (int i = 0; i < 64; i++) {
            assertThat(queue.answer(ByteBuffer.allocate(7))).isTrue();
        }
        assertThat(queue.answer(ByteBuffer.allocate(7))).isFalse();
        assertThat(takeAll()).hasSize(65);
        assertThat(queue.answer(ByteBuffer.allocate(7))).isTrue();
    }

    private List<Integer> takeAll() throws InterruptedException {
        var items = new ArrayList<ClientQueue.Item>();
        queue.take(items, Integer.MAX_VALUE);
        return items.stream()
                .map(item ->
                        switch (item) {
                            case ClientQueue.Item.Answer(ByteBuffer bytes) -> bytes.remaining();
                            case ClientQueue.Item.Media(PacketBatch batch) -> batch.sizeBytes();
                        })
                .toList();
    }

    private static PacketBatch unit(boolean key, int bytes) {
        return new PacketBatch(0, false, key, 0, 0, ByteBuffer.allocate(bytes));
    }
}
