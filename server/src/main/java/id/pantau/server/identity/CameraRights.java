package id.pantau.server.identity;

import java.util.Set;

/// Which cameras a user may see.
public sealed interface CameraRights {
    /// Every camera, those added later too.
    record All() implements CameraRights {}

    /// These cameras and no other; an id may name a camera that is not there (any more).
    record Only(Set<String> cameraIds) implements CameraRights {
        public Only {
            cameraIds = Set.copyOf(cameraIds);
        }
    }

    default boolean include(String cameraId) {
        return switch (this) {
            case All _ -> true;
            case Only(var cameraIds) -> cameraIds.contains(cameraId);
        };
    }
}
