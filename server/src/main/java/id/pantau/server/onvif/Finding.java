package id.pantau.server.onvif;

import java.util.Map;

/// Something unusual about a device that a person should know.
///
/// @param code stable: `onvif.addressRewritten`
/// @param sentence one English sentence: what, and what it means
/// @param params facts for the UI's translated text
public record Finding(String code, String sentence, Map<String, String> params) {
    public Finding {
        params = Map.copyOf(params);
    }
}
