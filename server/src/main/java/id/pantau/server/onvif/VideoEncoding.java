package id.pantau.server.onvif;

import java.util.Locale;
import java.util.Optional;

/// How a profile's video is encoded, as the device says. A figure of zero is one it does not give.
///
/// @param codec `H264`, `H265`, `JPEG`, `MPEG4`
/// @param gopPictures from one key frame to the next
/// @param bitrateKbps the limit that is set
public record VideoEncoding(
        String codec, int widthPx, int heightPx, double fps, int gopPictures, int bitrateKbps) {
    /// Some devices leave the encoding out of Media where it is H.265, because Media's schema does
    /// not know it; others write it nevertheless.
    ///
    /// @param configuration `tt:VideoEncoderConfiguration`, or the `VideoEncoder` of Media2
    static Optional<VideoEncoding> of(XmlElement configuration) {
        String codec = codec(configuration.text("Encoding"));
        if (codec.isEmpty()) {
            return Optional.empty();
        }
        int gop =
                configuration.attribute("GovLength").isEmpty()
                        ? configuration.find("GovLength").map(XmlElement::whole).orElse(0)
                        : (int) XmlElement.numberOf(configuration.attribute("GovLength")).orElse(0);
        return Optional.of(
                new VideoEncoding(
                        codec,
                        configuration.whole("Resolution", "Width"),
                        configuration.whole("Resolution", "Height"),
                        configuration.number("RateControl", "FrameRateLimit").orElse(0),
                        gop,
                        configuration.whole("RateControl", "BitrateLimit")));
    }

    private static String codec(String text) {
        String upper = Soap.shortened(text).toUpperCase(Locale.ROOT);
        return switch (upper) {
            case "H.264" -> "H264";
            case "H.265", "HEVC" -> "H265";
            default -> upper;
        };
    }
}
