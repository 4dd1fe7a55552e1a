package id.pantau.server.web;

import org.jspecify.annotations.Nullable;

/// Fields a request must have.
final class Required {
    private Required() {}

    /// @throws ApiProblem 400 when the value is absent
    static <T> T field(String name, @Nullable T value) {
        if (value == null) {
            throw ApiProblem.invalid(name, "request.missing", "is missing");
        }
        return value;
    }
}
