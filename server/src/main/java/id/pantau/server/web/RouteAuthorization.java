package id.pantau.server.web;

import id.pantau.server.identity.Actor;
import id.pantau.server.identity.MediaUse;
import id.pantau.server.identity.Rights;
import id.pantau.server.identity.Tickets;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/// Decides every request by [Routes]. A refusal is kept on the request, so that [RefusalHandler]
/// can say why.
///
/// A refused WebSocket handshake is let through marked: browsers show a page nothing of a failed
/// handshake, so [WebSockets] accepts it and closes it at once with the contract's close code.
final class RouteAuthorization implements AuthorizationManager<RequestAuthorizationContext> {
    private static final String REFUSAL = RouteAuthorization.class.getName() + ".refusal";

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication,
            RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        PathContainer path = PathContainer.parsePath(request.getRequestURI());
        Refusal refusal =
                switch (Routes.match(request.getMethod(), path)) {
                    case Routes.Match.Unknown _ -> new Refusal.NoSuchRoute();
                    case Routes.Match.OtherMethod(var allowed) -> new Refusal.WrongMethod(allowed);
                    case Routes.Match.Found(var route) -> decide(route, path, authentication.get());
                };
        request.setAttribute(REFUSAL, refusal);
        boolean granted =
                refusal instanceof Refusal.None || closesAfterHandshake(request, path, refusal);
        return new AuthorizationDecision(granted);
    }

    /// @return why the request was refused, [Refusal.None] when it was not
    static Refusal refusalOf(HttpServletRequest request) {
        return request.getAttribute(REFUSAL) instanceof Refusal refusal
                ? refusal
                : new Refusal.None();
    }

    private static Refusal decide(
            Route route, PathContainer path, @Nullable Authentication authentication) {
        if (route.right() == Route.Right.PUBLIC) {
            return new Refusal.None();
        }
        if (!(authentication instanceof SignedIn signedIn)) {
            return new Refusal.SignInNeeded();
        }
        Actor actor = signedIn.actor();
        Tickets.Holder ticket = signedIn.ticket();
        MediaUse use = route.use();
        if (ticket != null && (use == null || route.right() != Route.Right.CAMERA)) {
            return new Refusal.SignInNeeded();
        }
        return switch (route.right()) {
            case PUBLIC, USER -> new Refusal.None();
            case ADMINISTRATOR ->
                    Rights.mayAdminister(actor)
                            ? new Refusal.None()
                            : new Refusal.AdministratorNeeded();
            case CAMERA -> {
                String camera = cameraOf(route, path);
                boolean opened = ticket == null || (use != null && ticket.opens(camera, use));
                yield opened && Rights.mayView(actor, camera)
                        ? new Refusal.None()
                        : new Refusal.CameraHidden(camera);
            }
        };
    }

    private static String cameraOf(Route route, PathContainer path) {
        var match = Objects.requireNonNull(route.pattern().matchAndExtract(path));
        return Objects.requireNonNull(
                match.getUriVariables().get("id"), "a camera route names {id}");
    }

    private static boolean closesAfterHandshake(
            HttpServletRequest request, PathContainer path, Refusal refusal) {
        return (refusal instanceof Refusal.SignInNeeded || refusal instanceof Refusal.CameraHidden)
                && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && Routes.match(request.getMethod(), path) instanceof Routes.Match.Found(var route)
                && route.webSocket();
    }
}
