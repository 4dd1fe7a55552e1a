package id.pantau.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The subscriptions of a simulated camera. Each begins with the present state of what is known, as
/// real ones do.
final class SimulatedEvents {
    private static final int WAITING = 256;

    private final Clock clock;
    private final Map<String, BlockingQueue<String>> subscriptions = new ConcurrentHashMap<>();
    private final Map<String, Boolean> states = new ConcurrentHashMap<>(); // by topic
    private final AtomicInteger made = new AtomicInteger();

    SimulatedEvents(Clock clock) {
        this.clock = clock;
    }

    String subscribe() {
        String id = Integer.toString(made.incrementAndGet());
        var queue = new ArrayBlockingQueue<String>(WAITING);
        states.forEach((topic, active) -> queue.offer(message(topic, active, "Initialized")));
        subscriptions.put(id, queue);
        return id;
    }

    boolean knows(@Nullable String id) {
        return id != null && subscriptions.containsKey(id);
    }

    void unsubscribe(String id) {
        subscriptions.remove(id);
    }

    /// Ends every subscription, as a restart does.
    void forgetAll() {
        subscriptions.clear();
    }

    int count() {
        return subscriptions.size();
    }

    void fire(String topic, boolean active) {
        states.put(topic, active);
        subscriptions.values().forEach(queue -> queue.offer(message(topic, active, "Changed")));
    }

    /// Waits for the first, then takes what is there.
    String pull(String id, Duration timeout, int most) throws InterruptedException {
        BlockingQueue<String> queue = subscriptions.get(id);
        if (queue == null) {
            return "";
        }
        List<String> taken = new ArrayList<>();
        String first = queue.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            taken.add(first);
            queue.drainTo(taken, most - 1);
        }
        return String.join("", taken);
    }

    private String message(String topic, boolean active, String operation) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return """
        <wsnt:NotificationMessage><wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">%s</wsnt:Topic>\
        <wsnt:Message><tt:Message UtcTime="%s" PropertyOperation="%s">\
        <tt:Source><tt:SimpleItem Name="VideoSourceConfigurationToken" Value="source"/></tt:Source>\
        <tt:Data><tt:SimpleItem Name="State" Value="%s"/></tt:Data>\
        </tt:Message></wsnt:Message></wsnt:NotificationMessage>\
        """
                .formatted(topic, now, operation, active);
    }
}
