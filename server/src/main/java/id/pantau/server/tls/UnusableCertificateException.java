package id.pantau.server.tls;

/// Certificate or key cannot be used; the message says which file, what is wrong with it, and what
/// to do.
public final class UnusableCertificateException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableCertificateException(String message) {
        super(message);
    }
}
