package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.live.StreamPorts;
import id.pantau.server.settings.PublicAddress;
import id.pantau.server.settings.SiteSettingsStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where streams are taken from this server and pushed to it.
@Tag(name = "Live")
@RestController
class StreamController {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StreamPortsView(
            int rtspPort,
            int rtmpPort,
            @Nullable Integer httpsPort,
            @Nullable Integer rtspsPort,
            @Nullable Integer rtmpsPort,
            @Nullable String publicHost,
            @Nullable PublicPorts publicPorts) {}

    private final StreamPorts ports;
    private final HttpsDoor https;
    private final SiteSettingsStore settings;

    StreamController(StreamPorts ports, HttpsDoor https, SiteSettingsStore settings) {
        this.ports = ports;
        this.https = https;
        this.settings = settings;
    }

    @Operation(
            summary =
                    "The ports of the protocols beside HTTP; httpsPort, rtspsPort and rtmpsPort where TLS is on,"
                            + " publicHost and publicPorts where the server is reached from outside")
    @GetMapping("/api/v1/streams")
    StreamPortsView ports() {
        PublicAddress outside = settings.current().publicAddress();
        boolean reached = !outside.host().isEmpty();
        return new StreamPortsView(
                ports.rtspPort(),
                ports.rtmpPort(),
                orNull(https.port()),
                orNull(ports.rtspsPort()),
                orNull(ports.rtmpsPort()),
                reached ? outside.host() : null,
                reached ? PublicPorts.of(outside) : null);
    }

    private static @Nullable Integer orNull(OptionalInt port) {
        return port.isPresent() ? port.getAsInt() : null;
    }
}
