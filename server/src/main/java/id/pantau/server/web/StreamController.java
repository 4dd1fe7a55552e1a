package id.pantau.server.web;

import id.pantau.server.live.StreamPorts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where streams are taken from this server and pushed to it.
@Tag(name = "Live")
@RestController
class StreamController {
    record StreamPortsView(int rtspPort, int rtmpPort) {}

    private final StreamPorts ports;

    StreamController(StreamPorts ports) {
        this.ports = ports;
    }

    @Operation(summary = "The ports of the protocols beside HTTP")
    @GetMapping("/api/v1/streams")
    StreamPortsView ports() {
        return new StreamPortsView(ports.rtspPort(), ports.rtmpPort());
    }
}
