package id.pantau.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveViewerTest {
    private static final LiveViewer.Limits LIMITS =
            new LiveViewer.Limits(10, 1000, Duration.ofSeconds(4), 2, Duration.ofSeconds(60));

    /// Sends when told to, or at once.
    private static final class Socket implements ViewerSocket {
        final List<String> sent = new ArrayList<>();
        boolean stuck;
        @Nullable Sent underWay;
        int closedWith;

        @Override
        public void send(ByteBuffer message, Sent end) {
            take("%s%d".formatted(message.get(0) == 1 ? "K" : "p", message.get(1)), end);
        }

        @Override
        public void send(String message, Sent end) {
            take(message, end);
        }

        private void take(String what, Sent end) {
            assertThat(underWay).as("one message at a time").isNull();
            sent.add(what);
            if (stuck) {
                underWay = end;
            } else {
                end.done();
            }
        }

        void release() {
            Sent end = underWay;
            underWay = null;
            if (end != null) {
                end.done();
            }
        }

        @Override
        public void close(int code, String reason) {
            closedWith = code;
        }
    }

    private final AtomicLong nanos = new AtomicLong();
    private final Socket socket = new Socket();
    private final LiveViewer viewer = new LiveViewer(socket, LIMITS, nanos::get);

    private static LiveFragment fragment(boolean key, int number) {
        var bytes = ByteBuffer.allocate(100).put(0, (byte) (key ? 1 : 0)).put(1, (byte) number);
        return new LiveFragment(Duration.ZERO, Instant.EPOCH, key, bytes);
    }

    private boolean offer(boolean key, int number) {
        boolean dismissed = viewer.offer(fragment(key, number), count -> "dropped " + count);
        viewer.pump();
        return dismissed;
    }

    @Test
    void aViewerBeginsAtAKeyFrame() {
        offer(false, 1);
        offer(true, 2);
        offer(false, 3);
        assertThat(socket.sent).containsExactly("K2", "p3");
        assertThat(viewer.dropped()).isZero();
    }

    @Test
    void aSlowViewerContinuesAtTheNextKeyFrameAndIsTold() {
        socket.stuck = true;
        offer(true, 0);
        for (int i = 1; i <= 11; i++) {
            offer(false, i); // 0 is under way, ten wait, the eleventh overflows
        }
        offer(false, 12);
        socket.stuck = false;
        socket.release();
        offer(true, 13);
        offer(false, 14);
        assertThat(socket.sent).containsExactly("K0", "dropped 12", "K13", "p14");
        assertThat(viewer.dropped()).isEqualTo(12);
    }

    @Test
    void whatWaitsForTooLongIsOldNewsAndGoes() {
        socket.stuck = true;
        offer(true, 0);
        offer(false, 1);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        offer(false, 2);
        socket.stuck = false;
        socket.release();
        offer(true, 3);
        assertThat(socket.sent).containsExactly("K0", "dropped 2", "K3");
    }

    @Test
    void whoIsTooSlowTooOftenIsToBeDismissed() {
        socket.stuck = true;
        offer(true, 0);
        boolean dismissed = false;
        for (int i = 1; i < 40 && !dismissed; i++) {
            dismissed = offer(i % 12 == 0, i);
        }
        assertThat(dismissed).isTrue();
    }

    @Test
    void aNewConfigurationFollowsWhatStillWaits() {
        socket.stuck = true;
        offer(true, 0);
        offer(false, 1);
        viewer.offerInit("init", ByteBuffer.allocate(2));
        offer(false, 2); // cannot be decoded without its key frame
        offer(true, 3);
        socket.stuck = false;
        socket.release();
        assertThat(socket.sent).containsExactly("K0", "p1", "init", "p0", "K3");
    }

    @Test
    void aClosedViewerTakesNothing() {
        viewer.dismiss(LiveViewer.NO_SUCH_CAMERA, "gone");
        offer(true, 0);
        assertThat(socket.sent).isEmpty();
        assertThat(socket.closedWith).isEqualTo(4404);
    }
}
