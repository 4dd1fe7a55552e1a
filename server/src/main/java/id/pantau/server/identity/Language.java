package id.pantau.server.identity;

/// A language the browser UI speaks (ISO 639-1).
public enum Language {
    /// Indonesian, the default.
    ID,
    EN
}
