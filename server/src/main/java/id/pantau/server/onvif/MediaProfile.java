package id.pantau.server.onvif;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One encoded stream a device offers, with what belongs to it.
///
/// @param videoSource token of the sensor; empty when there is none
/// @param video null when the device does not say
/// @param audioCodec `G711`, `AAC`, …; empty without audio
/// @param ptzConfiguration token; empty when this profile does not move the camera
/// @param ptzNode token; may be empty even where the camera moves
public record MediaProfile(
        String token,
        String name,
        String videoSource,
        @Nullable VideoEncoding video,
        String audioCodec,
        String ptzConfiguration,
        String ptzNode) {
    /// Whether this profile moves the camera.
    public boolean hasPtz() {
        return !ptzConfiguration.isEmpty();
    }

    /// @param profile `trt:Profiles`
    static MediaProfile ofMedia(XmlElement profile) {
        return of(
                profile,
                profile,
                "VideoSourceConfiguration",
                "VideoEncoderConfiguration",
                "AudioEncoderConfiguration",
                "PTZConfiguration");
    }

    /// @param profile `tr2:Profiles`
    static MediaProfile ofMedia2(XmlElement profile) {
        XmlElement parts = profile.child("Configurations").orElse(profile);
        return of(profile, parts, "VideoSource", "VideoEncoder", "AudioEncoder", "PTZ");
    }

    private static MediaProfile of(
            XmlElement profile,
            XmlElement parts,
            String source,
            String video,
            String audio,
            String ptz) {
        Optional<XmlElement> moves = parts.child(ptz);
        return new MediaProfile(
                profile.attribute("token"),
                Soap.shortened(profile.text("Name")),
                parts.text(source, "SourceToken"),
                parts.child(video).flatMap(VideoEncoding::of).orElse(null),
                Soap.shortened(parts.text(audio, "Encoding")),
                moves.map(one -> one.attribute("token")).orElse(""),
                moves.map(one -> one.text("NodeToken")).orElse(""));
    }
}
