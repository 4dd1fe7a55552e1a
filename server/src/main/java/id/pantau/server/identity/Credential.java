package id.pantau.server.identity;

/// How a request says who sends it.
public enum Credential {
    /// The browser's cookie; needs the CSRF token beside it for every change.
    SESSION,
    /// `Authorization: Bearer`.
    BEARER,
    /// `?ticket=`: one user, one camera, five minutes.
    TICKET
}
