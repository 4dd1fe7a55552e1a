package id.pantau.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventWriterTest {
    private final AtomicInteger transactions = new AtomicInteger();
    private final List<String> written = new ArrayList<>(); // by the writer's thread

    private EventWriter writer() {
        return new EventWriter(all -> {
            transactions.incrementAndGet();
            int before = written.size();
            try {
                all.run();
            } catch (RuntimeException e) {
                written.subList(before, written.size()).clear(); // rolled back
                throw e;
            }
        });
    }

    @Test
    void whatManyCamerasSeeInOneMomentIsOneTransactionBehindItsFiles() {
        try (var writer = writer()) {
            var all = new CountDownLatch(1);
            writer.offerFile(() -> awaitQuietly(all));
            for (int i = 1; i <= 30; i++) {
                String name = "row " + i;
                writer.offer(() -> written.add(name));
            }
            writer.offerFile(() -> written.add("picture"));
            all.countDown();
        }
        assertThat(transactions.get()).isLessThanOrEqualTo(2);
        assertThat(written).hasSize(31).contains("picture");
        assertThat(written.indexOf("row 1")).isLessThan(written.indexOf("row 30"));
    }

    @Test
    void whoHearsOfAnEventFindsItStored() {
        var found = new ArrayList<Boolean>();
        try (var writer = writer()) {
            writer.offer(() -> written.add("event"));
            writer.offerNews(() -> found.add(written.contains("event")));
        }
        assertThat(found).containsExactly(true);
    }

    @Test
    void aRowThatCannotBeStoredTakesNoOtherWithIt() {
        try (var writer = writer()) {
            writer.offer(() -> written.add("before"));
            writer.offer(() -> {
                throw new IllegalStateException("no such camera");
            });
            writer.offer(() -> written.add("behind"));
        }
        assertThat(written).containsExactly("before", "behind");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
