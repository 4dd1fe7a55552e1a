package id.pantau.vision.worker;

/// The detector's model that the server uses, as a worker on another machine has to know it.
///
/// @param id in the catalogue, for people
/// @param file its name, without a folder
/// @param sha256 in lower-case digits
public record WantedModel(String id, String file, String sha256) {
    @Override
    public String toString() {
        return "%s (%s, SHA-256 %s…)".formatted(id, file, sha256.substring(0, 12));
    }
}
