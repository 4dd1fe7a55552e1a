package id.pantau.server.onvif;

/// Whom a device is asked as. The password appears in no text that is made of it.
public record Credentials(String username, String password) {
    @Override
    public String toString() {
        return "Credentials[" + username + ']';
    }
}
