package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.live.StreamPorts;
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
            @Nullable Integer rtmpsPort) {}

    private final StreamPorts ports;
    private final HttpsDoor https;

    StreamController(StreamPorts ports, HttpsDoor https) {
        this.ports = ports;
        this.https = https;
    }

    @Operation(
            summary =
                    "The ports of the protocols beside HTTP; httpsPort, rtspsPort and rtmpsPort where TLS is on")
    @GetMapping("/api/v1/streams")
    StreamPortsView ports() {
        return new StreamPortsView(
                ports.rtspPort(),
                ports.rtmpPort(),
                orNull(https.port()),
                orNull(ports.rtspsPort()),
                orNull(ports.rtmpsPort()));
    }

    private static @Nullable Integer orNull(OptionalInt port) {
        return port.isPresent() ? port.getAsInt() : null;
    }
}
