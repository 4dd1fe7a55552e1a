package id.pantau.server.identity;

import java.util.List;
import java.util.function.Function;

/// What an actor may do, in one place. The route table of `web` asks before a controller runs; a
/// controller that names cameras in its body or answers lists asks again here.
public final class Rights {
    private Rights() {}

    /// Live pictures, recordings, export and snapshot of this camera.
    public static boolean mayView(Actor actor, String cameraId) {
        return actor.cameras().include(cameraId);
    }

    /// Change the server: cameras, users, settings.
    public static boolean mayAdminister(Actor actor) {
        return actor.isAdministrator();
    }

    /// @throws IdentityException NO_SUCH_CAMERA when the actor may not see it: the same as for a
    ///   camera that does not exist, so that ids cannot be guessed
    public static void requireCamera(Actor actor, String cameraId) {
        if (!mayView(actor, cameraId)) {
            throw IdentityException.noSuchCamera(cameraId);
        }
    }

    /// Those of `things` whose camera the actor may see, in the order given.
    public static <T> List<T> visible(Actor actor, List<T> things, Function<T, String> cameraIdOf) {
        return things.stream().filter(thing -> mayView(actor, cameraIdOf.apply(thing))).toList();
    }
}
