package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Liveness and readiness for load balancers and service managers.
@Hidden
@RestController
class ProbeController {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Health(String status, List<String> reasons) {
        Health {
            reasons = List.copyOf(reasons);
        }
    }

    private final List<ReadinessCheck> checks;

    ProbeController(List<ReadinessCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    /// The process runs and answers.
    @GetMapping("/healthz")
    Health healthz() {
        return new Health("UP", List.of());
    }

    /// It can do its work.
    @GetMapping("/readyz")
    ResponseEntity<Health> readyz() {
        List<String> reasons =
                checks.stream()
                        .map(ReadinessCheck::findObstacle)
                        .flatMap(Optional::stream)
                        .toList();
        return reasons.isEmpty()
                ? ResponseEntity.ok(new Health("UP", reasons))
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(new Health("DOWN", reasons));
    }
}
