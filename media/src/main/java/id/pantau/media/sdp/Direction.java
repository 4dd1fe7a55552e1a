package id.pantau.media.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which way a media track flows, as ONVIF uses it: from the receiver's side. `sendonly` next to
/// other media that are `recvonly` is the camera's loudspeaker.
public enum Direction {
    SENDRECV,
    RECVONLY,
    SENDONLY,
    INACTIVE;

    static Optional<Direction> find(List<SdpLine> lines) {
        for (SdpLine line : lines) {
            for (Direction direction : values()) {
                if (line.isAttribute(direction.name().toLowerCase(Locale.ROOT))) {
                    return Optional.of(direction);
                }
            }
        }
        return Optional.empty();
    }
}
