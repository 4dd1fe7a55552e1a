package id.pantau.server.identity;

/// CSRF tokens are derived from the login session, not stored: a token planted by a neighbouring
/// site belongs to no session and is refused (OWASP: signed double-submit cookie).
public final class CsrfTokens {
    private final KeyFile key;

    CsrfTokens(KeyFile key) {
        this.key = key;
    }

    public String forSession(String sessionToken) {
        return key.sign("csrf", sessionToken);
    }

    public boolean matches(String sessionToken, String csrfToken) {
        return Tokens.sameText(forSession(sessionToken), csrfToken);
    }
}
