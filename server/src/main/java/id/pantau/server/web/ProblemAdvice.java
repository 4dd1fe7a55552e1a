package id.pantau.server.web;

import id.pantau.server.database.DatabaseException;
import id.pantau.server.identity.IdentityException;
import id.pantau.server.settings.InvalidSettingException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Turns every exception that leaves a controller into a problem document.
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> apiProblem(ApiProblem refused) {
        return entity(refused.problem());
    }

    @ExceptionHandler
    ResponseEntity<Object> identity(IdentityException refused) {
        return entity(problemOf(refused));
    }

    @ExceptionHandler
    ResponseEntity<Object> setting(InvalidSettingException invalid) {
        String message =
                String.valueOf(invalid.getMessage()).substring(invalid.setting().length() + 1);
        return entity(ApiProblem.invalid(invalid.setting(), "setting.invalid", message).problem());
    }

    @ExceptionHandler
    ResponseEntity<Object> database(DatabaseException unavailable) {
        LOG.error("the database failed a request", unavailable);
        return entity(
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "database." + unavailable.category().name().toLowerCase(Locale.ROOT),
                        "the database cannot do this now; recording goes on; see the server's log"));
    }

    /// @return null when nobody is there any more to be answered
    @ExceptionHandler
    @Nullable ResponseEntity<Object> unexpected(Exception defect, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(defect)) {
            LOG.debug("the client left before all was sent, {}", request.getDescription(false));
            return null;
        }
        LOG.error("unexpected failure of {}", request.getDescription(false), defect);
        return entity(
                Problem.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "server.failure",
                        "something went wrong in the server; its log says what"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception cause,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        Problem problem = problemOf(cause, HttpStatus.valueOf(status.value()));
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static ResponseEntity<Object> entity(Problem problem) {
        var answer =
                ResponseEntity.status(problem.status())
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .cacheControl(CacheControl.noStore());
        String retryAfterS = problem.params().get("retryAfterS");
        if (retryAfterS != null) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfterS);
        }
        return answer.body(problem);
    }

    private static Problem problemOf(IdentityException refused) {
        String detail = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case BAD_CREDENTIALS ->
                    Problem.of(HttpStatus.UNAUTHORIZED, "auth.badCredentials", detail);
            case THROTTLED ->
                    Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "auth.throttled",
                            detail,
                            refused.params(),
                            List.of());
            case NO_SUCH_USER -> Problem.of(HttpStatus.NOT_FOUND, "user.notFound", detail);
            case USERNAME_TAKEN ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "user.exists",
                            detail,
                            refused.params(),
                            List.of());
            case USERNAME_INVALID ->
                    ApiProblem.invalid("username", "user.nameInvalid", detail).problem();
            case PASSWORD_WEAK ->
                    ApiProblem.invalid("password", "user.passwordWeak", detail).problem();
            case LAST_ADMINISTRATOR ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "user.lastAdministrator",
                            detail,
                            refused.params(),
                            List.of());
            case NO_SUCH_CAMERA ->
                    Problem.of(
                            HttpStatus.NOT_FOUND,
                            "camera.notFound",
                            detail,
                            refused.params(),
                            List.of());
            case SETUP_REFUSED -> Problem.of(HttpStatus.FORBIDDEN, "setup.refused", detail);
        };
    }

    /// What Spring MVC itself refuses.
    private static Problem problemOf(Exception cause, HttpStatus status) {
        if (caused(cause, BodyLimitFilter.BodyTooLargeException.class) != null) {
            return BodyLimitFilter.tooLarge();
        }
        return switch (status) {
            case NOT_FOUND ->
                    Problem.of(status, "route.notFound", "there is nothing at this address");
            case METHOD_NOT_ALLOWED ->
                    Problem.of(
                            status,
                            "request.methodNotAllowed",
                            "this address does not take this method");
            case NOT_ACCEPTABLE ->
                    Problem.of(
                            status,
                            "request.notAcceptable",
                            "this address cannot answer in the form asked for");
            case UNSUPPORTED_MEDIA_TYPE ->
                    Problem.of(status, "request.mediaType", "send the body as application/json");
            case BAD_REQUEST -> malformed(cause);
            default ->
                    status.is5xxServerError()
                            ? logged(cause, status)
                            : Problem.of(status, "request.refused", "the request cannot be served");
        };
    }

    private static Problem logged(Exception cause, HttpStatus status) {
        LOG.error("a request failed with {}", status.value(), cause);
        return Problem.of(
                status, "server.failure", "something went wrong in the server; its log says what");
    }

    private static Problem malformed(Exception cause) {
        if (cause instanceof MissingServletRequestParameterException missing) {
            return ApiProblem.invalid(missing.getParameterName(), "request.missing", "is missing")
                    .problem();
        }
        if (cause instanceof MethodArgumentTypeMismatchException mismatch) {
            return ApiProblem.invalid(
                            mismatch.getName(),
                            "request.malformed",
                            "cannot be read; see the API document")
                    .problem();
        }
        UnrecognizedPropertyException unknown = caused(cause, UnrecognizedPropertyException.class);
        if (unknown != null) {
            return ApiProblem.invalid(
                            pathOf(unknown),
                            "request.unknownField",
                            "is not a field of this request")
                    .problem();
        }
        JacksonException unreadable = caused(cause, JacksonException.class);
        if (unreadable != null && !unreadable.getPath().isEmpty()) {
            return ApiProblem.invalid(
                            pathOf(unreadable),
                            "request.malformed",
                            "has a value of the wrong kind")
                    .problem();
        }
        return Problem.of(
                HttpStatus.BAD_REQUEST,
                "request.malformed",
                "the request cannot be read; is its body complete JSON?",
                Map.of(),
                List.of());
    }

    private static String pathOf(JacksonException cause) {
        var path = new StringBuilder();
        for (JacksonException.Reference part : cause.getPath()) {
            String name = part.getPropertyName();
            if (name != null) {
                path.append(path.isEmpty() ? "" : ".").append(name);
            } else {
                path.append('[').append(part.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    private static <T extends Throwable> @Nullable T caused(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
