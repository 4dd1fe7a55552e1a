package id.pantau.server.camera;

import id.pantau.server.onvif.MediaProfile;
import id.pantau.server.onvif.OnvifDevice;
import id.pantau.server.onvif.OnvifException;
import id.pantau.server.onvif.OnvifException.Category;
import id.pantau.server.onvif.Preset;
import id.pantau.server.onvif.Ptz;
import id.pantau.server.onvif.PtzNode;
import id.pantau.server.onvif.PtzVector;
import id.pantau.server.onvif.Service;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A camera that was reached over ONVIF, with the profile that moves it. Thread-safe; every method
/// asks the camera and throws an [OnvifException] when it refuses.
public final class CameraDevice {
    private final OnvifDevice device;
    private final @Nullable MediaProfile moving;
    private final @Nullable PtzNode node;
    private final String videoSource;

    private CameraDevice(
            OnvifDevice device,
            @Nullable MediaProfile moving,
            @Nullable PtzNode node,
            String videoSource) {
        this.device = device;
        this.moving = moving;
        this.node = node;
        this.videoSource = videoSource;
    }

    static CameraDevice of(OnvifDevice device) {
        List<MediaProfile> profiles = device.media().profiles();
        String source =
                profiles.stream()
                        .map(MediaProfile::videoSource)
                        .filter(token -> !token.isEmpty())
                        .findFirst()
                        .orElse("");
        MediaProfile moving =
                device.services().contains(Service.PTZ)
                        ? profiles.stream().filter(MediaProfile::hasPtz).findFirst().orElse(null)
                        : null;
        PtzNode node = moving == null ? null : device.ptz().node(moving);
        return new CameraDevice(device, moving, node, source);
    }

    public OnvifDevice device() {
        return device;
    }

    /// Token of the sensor, for [OnvifDevice#imaging()].
    ///
    /// @throws OnvifException NOT_SUPPORTED when the device names none
    public String videoSource() {
        if (videoSource.isEmpty()) {
            throw notSupported("video source");
        }
        return videoSource;
    }

    PtzFacts ptz(boolean patrolling) {
        MediaProfile profile = moving;
        if (profile == null || node == null) {
            return PtzFacts.NONE;
        }
        List<Preset> presets =
                node.maxPresets() == 0 ? List.of() : device.ptz().presets(profile.token());
        return new PtzFacts(node, presets, position(profile), patrolling);
    }

    /// Many devices refuse to say where they are.
    private @Nullable PtzVector position(MediaProfile profile) {
        try {
            return device.ptz().status(profile.token()).position();
        } catch (OnvifException e) {
            if (e.category() == Category.NOT_SUPPORTED
                    || e.category() == Category.REQUEST_REFUSED) {
                return null;
            }
            throw e;
        }
    }

    void move(PtzVector speed, Duration timeout) {
        drive().moveContinuously(profile(), node(), speed, timeout);
    }

    void moveTo(PtzVector position) {
        drive().moveAbsolutely(profile(), node(), position);
    }

    void moveBy(PtzVector distance) {
        drive().moveRelatively(profile(), node(), distance);
    }

    void stop() {
        drive().stop(profile());
    }

    void gotoHome() {
        drive().gotoHome(profile());
    }

    void gotoPreset(String preset) {
        drive().gotoPreset(profile(), preset);
    }

    String setPreset(String name) {
        return drive().setPreset(profile(), name);
    }

    void removePreset(String preset) {
        drive().removePreset(profile(), preset);
    }

    private Ptz drive() {
        return device.ptz();
    }

    private String profile() {
        MediaProfile profile = moving;
        if (profile == null) {
            throw notSupported("drive");
        }
        return profile.token();
    }

    private PtzNode node() {
        PtzNode known = node;
        if (known == null) {
            throw notSupported("drive");
        }
        return known;
    }

    private OnvifException notSupported(String what) {
        return new OnvifException(
                Category.NOT_SUPPORTED,
                "%s has no %s.".formatted(device.address().authority(), what));
    }
}
