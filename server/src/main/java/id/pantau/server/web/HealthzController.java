package id.pantau.server.web;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Liveness for load balancers and service managers.
@RestController
class HealthzController {
    @GetMapping("/healthz")
    Map<String, String> healthz() {
        return Map.of("status", "UP");
    }
}
