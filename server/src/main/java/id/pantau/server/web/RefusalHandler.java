package id.pantau.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/// Answers requests the security chain refused.
final class RefusalHandler implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final ProblemWriter problems;

    RefusalHandler(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        answer(request, response);
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        answer(request, response);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Problem problem =
                switch (RouteAuthorization.refusalOf(request)) {
                    case Refusal.NoSuchRoute _ ->
                            Problem.of(
                                    HttpStatus.NOT_FOUND,
                                    "route.notFound",
                                    "there is nothing at this address");
                    case Refusal.WrongMethod(var allowed) -> {
                        response.setHeader("Allow", String.join(", ", allowed));
                        yield Problem.of(
                                HttpStatus.METHOD_NOT_ALLOWED,
                                "request.methodNotAllowed",
                                "this address takes "
                                        + String.join(", ", allowed)
                                        + ", not "
                                        + request.getMethod());
                    }
                    case Refusal.AdministratorNeeded _ ->
                            Problem.of(
                                    HttpStatus.FORBIDDEN,
                                    "auth.administratorNeeded",
                                    "only an administrator may do this");
                    case Refusal.CameraHidden(var camera) ->
                            ApiProblem.cameraNotFound(camera).problem();
                    case Refusal.SignInNeeded _, Refusal.None _ -> {
                        // No challenge of scheme Basic: a browser would put up its own password
                        // window.
                        response.setHeader("WWW-Authenticate", "Bearer realm=\"pantau\"");
                        yield Problem.of(
                                HttpStatus.UNAUTHORIZED,
                                "auth.signInNeeded",
                                "sign in first, or send a valid bearer token or ticket");
                    }
                };
        problems.write(response, problem);
    }
}
