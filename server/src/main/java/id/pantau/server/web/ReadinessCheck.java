package id.pantau.server.web;

import java.util.Optional;

/// Something the server needs to do its work; every bean of this type is asked by `GET /readyz`.
@FunctionalInterface
public interface ReadinessCheck {
    /// @return what is missing, one English sentence without a secret; empty when all is well
    Optional<String> findObstacle();
}
