package id.pantau.server.onvif;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a drive is (`tt:PTZStatus`).
///
/// @param position null when the device does not say, as many do not
/// @param moving whether it says that it moves
public record PtzStatus(@Nullable PtzVector position, boolean moving) {
    static PtzStatus of(XmlElement response) {
        XmlElement status = response.child("PTZStatus").orElse(response);
        boolean moving =
                status.child("MoveStatus").stream()
                        .flatMap(move -> move.children().stream())
                        .anyMatch(axis -> axis.text().equals("MOVING"));
        return new PtzStatus(
                status.child("Position").flatMap(PtzStatus::position).orElse(null), moving);
    }

    private static Optional<PtzVector> position(XmlElement position) {
        try {
            return Optional.of(
                    new PtzVector(
                            number(position, "PanTilt", "x"),
                            number(position, "PanTilt", "y"),
                            number(position, "Zoom", "x")));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // degrees: a space of the maker's own
        }
    }

    private static double number(XmlElement position, String axis, String attribute) {
        return position.child(axis)
                .map(one -> XmlElement.numberOf(one.attribute(attribute)).orElse(0))
                .orElse(0.0);
    }
}
