package id.pantau.server.onvif;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// A position, a distance or a speed in ONVIF's generic spaces.
///
/// @param pan -1 is left, 1 right
/// @param tilt -1 is down, 1 up
/// @param zoom a position: 0 is wide, 1 near; a distance or speed: -1..1
public record PtzVector(double pan, double tilt, double zoom) {
    public static final PtzVector ZERO = new PtzVector(0, 0, 0);

    /// @throws IllegalArgumentException when one is not within -1..1
    public PtzVector {
        if (!within(pan) || !within(tilt) || !within(zoom)) {
            throw new IllegalArgumentException("pan, tilt and zoom are within -1 to 1");
        }
    }

    private static boolean within(double value) {
        return value >= -1 && value <= 1;
    }

    /// `tt:PTZVector` or `tt:PTZSpeed`; what the device lacks is left out.
    String elements(boolean panTilt, boolean withZoom) {
        return (panTilt ? "<tt:PanTilt x=\"%s\" y=\"%s\"/>".formatted(text(pan), text(tilt)) : "")
                + (withZoom ? "<tt:Zoom x=\"%s\"/>".formatted(text(zoom)) : "");
    }

    private static String text(double value) {
        return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN).toPlainString();
    }
}
