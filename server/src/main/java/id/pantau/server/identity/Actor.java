package id.pantau.server.identity;

/// The signed-in user behind one request, as their rights stand at this moment. Made anew for every
/// request, so a right taken away is gone at the next one; long-lived connections ask
/// [SignIns#stillMayView] from time to time.
///
/// @param cameras [CameraRights.All] for administrators
public record Actor(String username, Role role, Language language, CameraRights cameras) {
    public Actor {
        if (role == Role.ADMINISTRATOR) {
            cameras = new CameraRights.All();
        }
    }

    public boolean isAdministrator() {
        return role == Role.ADMINISTRATOR;
    }
}
