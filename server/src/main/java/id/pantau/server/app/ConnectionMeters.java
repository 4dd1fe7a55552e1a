package id.pantau.server.app;

import id.pantau.server.app.Connections.Protocol;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// The connections of the stream servers in `/metrics`: how many are open, and how many were
/// refused or came to nothing.
@Component
class ConnectionMeters implements MeterBinder {
    private final StreamServers servers;

    ConnectionMeters(StreamServers servers) {
        this.servers = servers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Protocol protocol : Protocol.values()) {
            String name = protocol.name().toLowerCase(Locale.ROOT);
            Gauge.builder("pantau.connections", servers, all -> all.connections(protocol).open())
                    .tag("protocol", name)
                    .register(registry);
            FunctionCounter.builder(
                            "pantau.connections.refused",
                            servers,
                            all -> all.connections(protocol).refused())
                    .tag("protocol", name)
                    .description("too many in all, or of one address before they signed in")
                    .register(registry);
            FunctionCounter.builder(
                            "pantau.connections.failed",
                            servers,
                            all -> all.connections(protocol).failed())
                    .tag("protocol", name)
                    .description("cut off before they had signed in")
                    .register(registry);
        }
    }
}
