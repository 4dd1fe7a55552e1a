package id.pantau.server.onvif;

import org.jspecify.annotations.Nullable;

/// A sensor's picture (`tt:ImagingSettings20`), in the device's own units. Null for what it does
/// not have; in a change, for what stays.
///
/// @param irCutFilter `ON`, `OFF` or `AUTO`
/// @param iris attenuation in dB, zero is open; setting it makes the exposure manual
public record ImagingSettings(
        @Nullable Double brightness,
        @Nullable Double contrast,
        @Nullable Double colorSaturation,
        @Nullable Double sharpness,
        @Nullable String irCutFilter,
        @Nullable Double iris) {
    static ImagingSettings of(XmlElement response) {
        XmlElement settings = response.child("ImagingSettings").orElse(response);
        String filter = Soap.shortened(settings.text("IrCutFilter"));
        return new ImagingSettings(
                number(settings, "Brightness"),
                number(settings, "Contrast"),
                number(settings, "ColorSaturation"),
                number(settings, "Sharpness"),
                filter.isEmpty() ? null : filter,
                number(settings, "Exposure", "Iris"));
    }

    private static @Nullable Double number(XmlElement settings, String... path) {
        var number = settings.number(path);
        return number.isPresent() ? number.getAsDouble() : null;
    }

    /// In the order of the schema, which some devices insist on.
    String elements() {
        return element("Brightness", brightness)
                + element("ColorSaturation", colorSaturation)
                + element("Contrast", contrast)
                + (iris == null
                        ? ""
                        : "<tt:Exposure><tt:Mode>MANUAL</tt:Mode><tt:Iris>%s</tt:Iris></tt:Exposure>"
                                .formatted(iris))
                + (irCutFilter == null
                        ? ""
                        : "<tt:IrCutFilter>%s</tt:IrCutFilter>"
                                .formatted(Soap.escaped(irCutFilter)))
                + element("Sharpness", sharpness);
    }

    private static String element(String name, @Nullable Double value) {
        return value == null ? "" : "<tt:%s>%s</tt:%s>".formatted(name, value, name);
    }
}
