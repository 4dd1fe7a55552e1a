package id.pantau.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PendingConnectionsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> log = new ArrayList<>();
    private final PendingConnections connections =
            new PendingConnections(
                    "RTSP", PendingLimits.DEFAULT.withPerAddress(2), nanos::get, log::add);

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    private boolean isLetIn(String address) throws Exception {
        return connections.admit(address(address)) != null;
    }

    @Test
    void oneAddressIsBoundedAndAnotherOneIsNot() throws Exception {
        var first = Objects.requireNonNull(connections.admit(address("192.0.2.1")));
        assertThat(isLetIn("192.0.2.1")).isTrue();
        assertThat(isLetIn("192.0.2.1")).isFalse();
        assertThat(isLetIn("192.0.2.2")).isTrue();
        assertThat(connections.refused()).isEqualTo(1);

        first.settle();
        first.settle();
        assertThat(isLetIn("192.0.2.1")).as("one has signed in").isTrue();
        assertThat(isLetIn("192.0.2.1")).as("and was counted off once").isFalse();
    }

    @Test
    void whatIsExemptIsNotCounted() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(isLetIn("127.0.0.1")).isTrue();
        }
    }

    @Test
    void aHostThatTakesAnotherAddressOfItsNetworkIsTheSameHost() throws Exception {
        assertThat(isLetIn("2001:db8:1:2::1")).isTrue();
        assertThat(isLetIn("2001:db8:1:2:ffff::2")).isTrue();
        assertThat(isLetIn("2001:db8:1:2::3")).isFalse();
        assertThat(isLetIn("2001:db8:1:3::1")).isTrue();
    }

    @Test
    void eachAddressIsToldOnceAMinuteWithTheReasonAndHowManyMore() throws Exception {
        var slow = Objects.requireNonNull(connections.admit(address("192.0.2.1")));
        slow.failed("it did not sign in within 10 s");
        slow.failed("it is told once");
        assertThat(connections.failed()).isEqualTo(1);
        for (int i = 0; i < 7; i++) {
            connections.admit(address("192.0.2.1"));
        }
        for (int i = 0; i < 3; i++) {
            connections.admit(address("192.0.2.2"));
        }
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        connections.admit(address("192.0.2.1"));
        assertThat(log)
                .containsExactly(
                        "RTSP connection of 192.0.2.1 is cut off: it did not sign in within 10 s",
                        "RTSP connection of 192.0.2.2 is cut off: 2 of its connections have not"
                                + " signed in yet",
                        "RTSP connection of 192.0.2.1 is cut off: 2 of its connections have not"
                                + " signed in yet; 5 others since the last such line");
    }
}
