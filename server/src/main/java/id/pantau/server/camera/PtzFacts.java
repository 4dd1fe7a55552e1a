package id.pantau.server.camera;

import id.pantau.server.onvif.Preset;
import id.pantau.server.onvif.PtzNode;
import id.pantau.server.onvif.PtzVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a camera's drive can do and where it is.
///
/// @param node null when the camera has no drive; the rest is empty then
/// @param position null when it does not say
/// @param patrolling whether it goes round its presets now
public record PtzFacts(
        @Nullable PtzNode node,
        List<Preset> presets,
        @Nullable PtzVector position,
        boolean patrolling) {
    static final PtzFacts NONE = new PtzFacts(null, List.of(), null, false);

    public PtzFacts {
        presets = List.copyOf(presets);
    }
}
