package id.pantau.server.web;

import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Credential;
import id.pantau.server.identity.Tickets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// The actor of one request, as Spring Security carries it.
final class SignedIn extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;
    private final transient Actor actor;
    private final Credential credential;
    private final transient Tickets.@Nullable Holder ticket;

    /// @param ticket what was shown; null for the other credentials
    SignedIn(Actor actor, Credential credential, Tickets.@Nullable Holder ticket) {
        super(List.of());
        this.actor = actor;
        this.credential = credential;
        this.ticket = ticket;
        setAuthenticated(true);
    }

    Actor actor() {
        return actor;
    }

    Credential credential() {
        return credential;
    }

    Tickets.@Nullable Holder ticket() {
        return ticket;
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
