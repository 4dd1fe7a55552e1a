package id.pantau.server.app;

import id.pantau.server.settings.Home;

/// Another process works in this home.
final class HomeInUseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    HomeInUseException(Home home) {
        super(
                "another server uses the home "
                        + home.path()
                        + "; end it, or name another home with --home");
    }
}
