package id.pantau.server.camera;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The column `vision`: the settings as JSON, members named as in [VisionSettings]. Members nobody
/// knows any more are passed over.
final class VisionJson {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private VisionJson() {}

    static String write(VisionSettings settings) {
        return JSON.writeValueAsString(settings);
    }

    /// @throws IllegalArgumentException when it is no such settings
    static VisionSettings read(String json) {
        try {
            return JSON.readValue(json, VisionSettings.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
