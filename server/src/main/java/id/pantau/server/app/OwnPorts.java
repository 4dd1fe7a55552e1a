package id.pantau.server.app;

import id.pantau.server.web.HttpsDoor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// The TCP ports this server listens on.
@Component
class OwnPorts implements IntPredicate {
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private final HttpsDoor https;

    OwnPorts(HttpsDoor https) {
        this.https = https;
    }

    @EventListener
    void on(WebServerInitializedEvent event) {
        ports.add(event.getWebServer().getPort());
        https.port().ifPresent(ports::add);
    }

    void add(int port) {
        ports.add(port);
    }

    @Override
    public boolean test(int port) {
        return ports.contains(port);
    }
}
