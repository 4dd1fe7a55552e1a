package id.pantau.server.camera;

/// A password in memory. It appears in no text that is made of it.
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "***";
    }
}
