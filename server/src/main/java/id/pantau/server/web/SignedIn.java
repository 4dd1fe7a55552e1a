package id.pantau.server.web;

import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Credential;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// The actor of one request, as Spring Security carries it.
final class SignedIn extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;
    private final transient Actor actor;
    private final Credential credential;
    private final @Nullable String ticketCamera;

    /// @param ticketCamera the only camera a ticket opens; null for the other credentials
    SignedIn(Actor actor, Credential credential, @Nullable String ticketCamera) {
        super(List.of());
        this.actor = actor;
        this.credential = credential;
        this.ticketCamera = ticketCamera;
        setAuthenticated(true);
    }

    Actor actor() {
        return actor;
    }

    Credential credential() {
        return credential;
    }

    @Nullable String ticketCamera() {
        return ticketCamera;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return actor;
    }

    @Override
    public String getName() {
        return actor.username();
    }
}
