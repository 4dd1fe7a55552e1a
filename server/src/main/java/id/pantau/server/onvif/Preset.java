package id.pantau.server.onvif;

/// A position a device remembers (`tt:PTZPreset`).
///
/// @param name the token when it has none
public record Preset(String token, String name) {
    static Preset of(XmlElement preset) {
        String token = preset.attribute("token");
        String name = Soap.shortened(preset.text("Name"));
        return new Preset(token, name.isEmpty() ? token : name);
    }
}
