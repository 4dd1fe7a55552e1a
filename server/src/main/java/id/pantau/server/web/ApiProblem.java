package id.pantau.server.web;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/// Thrown by a controller to end a request with a problem document.
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    private ApiProblem(Problem problem) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
    }

    public static ApiProblem of(HttpStatus status, String code, String detail) {
        return new ApiProblem(Problem.of(status, code, detail));
    }

    public static ApiProblem of(
            HttpStatus status, String code, String detail, Map<String, String> params) {
        return new ApiProblem(Problem.of(status, code, detail, params, List.of()));
    }

    /// 400 `request.invalid`: one or more fields cannot be used.
    public static ApiProblem invalid(List<Problem.FieldError> fieldErrors) {
        String detail =
                fieldErrors.stream()
                        .map(error -> error.field() + " " + error.message())
                        .reduce((left, right) -> left + "; " + right)
                        .orElse("the request cannot be used");
        return new ApiProblem(
                Problem.of(
                        HttpStatus.BAD_REQUEST, "request.invalid", detail, Map.of(), fieldErrors));
    }

    /// 400 `request.invalid` for one field; `message` completes "field …" ("is missing").
    public static ApiProblem invalid(String field, String code, String message) {
        return invalid(List.of(new Problem.FieldError(field, code, message)));
    }

    /// 404, for a camera that is not there and for one the user may not see.
    public static ApiProblem cameraNotFound(String cameraId) {
        return of(
                HttpStatus.NOT_FOUND,
                "camera.notFound",
                "there is no camera \"" + cameraId + "\"",
                Map.of("camera", cameraId));
    }

    public Problem problem() {
        return problem;
    }
}
