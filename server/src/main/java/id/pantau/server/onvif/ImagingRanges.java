package id.pantau.server.onvif;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a sensor's settings may be (`tt:ImagingOptions20`). Null for what the device does not have.
public record ImagingRanges(
        @Nullable Range brightness,
        @Nullable Range contrast,
        @Nullable Range colorSaturation,
        @Nullable Range sharpness,
        List<String> irCutFilterModes,
        @Nullable Range iris) {
    /// Both ends included.
    public record Range(double min, double max) {}

    public ImagingRanges {
        irCutFilterModes = List.copyOf(irCutFilterModes);
    }

    static ImagingRanges of(XmlElement response) {
        XmlElement options = response.child("ImagingOptions").orElse(response);
        return new ImagingRanges(
                range(options, "Brightness"),
                range(options, "Contrast"),
                range(options, "ColorSaturation"),
                range(options, "Sharpness"),
                options.children("IrCutFilterModes").stream().map(XmlElement::text).toList(),
                range(options, "Exposure", "Iris"));
    }

    private static @Nullable Range range(XmlElement options, String... path) {
        XmlElement range = options.at(path).orElse(null);
        if (range == null) {
            return null;
        }
        var min = range.number("Min");
        var max = range.number("Max");
        return min.isPresent() && max.isPresent() && min.getAsDouble() <= max.getAsDouble()
                ? new Range(min.getAsDouble(), max.getAsDouble())
                : null;
    }
}
