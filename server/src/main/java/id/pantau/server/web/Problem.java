package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/// The body of every error (RFC 9457, `application/problem+json`).
///
/// @param code stable name of the error, e.g. `camera.notFound`
/// @param detail one English sentence: what, where, what to do; never a secret, never a stack trace
/// @param params facts for the UI's translated text
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        Map<String, String> params,
        List<FieldError> fieldErrors) {
    /// What is wrong with one field of the request body.
    public record FieldError(String field, String code, String message) {}

    public Problem {
        params = Map.copyOf(params);
        fieldErrors = List.copyOf(fieldErrors);
    }

    static Problem of(HttpStatus status, String code, String detail) {
        return of(status, code, detail, Map.of(), List.of());
    }

    static Problem of(
            HttpStatus status,
            String code,
            String detail,
            Map<String, String> params,
            List<FieldError> fieldErrors) {
        return new Problem(
                "about:blank",
                status.getReasonPhrase(),
                status.value(),
                code,
                detail,
                params,
                fieldErrors);
    }
}
