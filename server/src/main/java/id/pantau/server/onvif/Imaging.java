package id.pantau.server.onvif;

/// A sensor's picture, focus and iris (ONVIF Imaging Service).
public final class Imaging {
    private final OnvifDevice device;

    Imaging(OnvifDevice device) {
        this.device = device;
    }

    /// GetImagingSettings.
    ///
    /// @param videoSource token, as in [MediaProfile#videoSource()]
    public ImagingSettings settings(String videoSource) {
        return ImagingSettings.of(ask("GetImagingSettings", videoSource, ""));
    }

    /// GetOptions.
    public ImagingRanges ranges(String videoSource) {
        return ImagingRanges.of(ask("GetOptions", videoSource, ""));
    }

    /// SetImagingSettings, kept over a restart of the device.
    ///
    /// @param change null for what stays
    public void set(String videoSource, ImagingSettings change) {
        ask(
                "SetImagingSettings",
                videoSource,
                """
                <timg:ImagingSettings>%s</timg:ImagingSettings>\
                <timg:ForcePersistence>true</timg:ForcePersistence>\
                """
                        .formatted(change.elements()));
    }

    /// Moves the focus until [#stopFocus].
    ///
    /// @param speed -1..1, positive is farther; the device's own range is asked for and scaled to
    public void moveFocus(String videoSource, double speed) {
        XmlElement range = ask("GetMoveOptions", videoSource, "").find("Speed").orElse(null);
        double max = range == null ? 1 : range.number("Max").orElse(1);
        double min = range == null ? -1 : range.number("Min").orElse(-max);
        double scaled = speed >= 0 ? speed * max : -speed * min;
        ask(
                "Move",
                videoSource,
                """
                <timg:Focus><tt:Continuous><tt:Speed>%s</tt:Speed></tt:Continuous></timg:Focus>\
                """
                        .formatted(scaled));
    }

    public void stopFocus(String videoSource) {
        ask("Stop", videoSource, "");
    }

    private XmlElement ask(String action, String videoSource, String rest) {
        String body =
                "<timg:%1$s><timg:VideoSourceToken>%2$s</timg:VideoSourceToken>%3$s</timg:%1$s>"
                        .formatted(action, Soap.escaped(videoSource), rest);
        return device.call(Service.IMAGING, action, body);
    }
}
