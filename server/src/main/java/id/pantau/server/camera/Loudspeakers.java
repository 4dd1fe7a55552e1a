package id.pantau.server.camera;

import id.pantau.media.rtsp.RtspBackchannel;
import id.pantau.media.rtsp.RtspTarget;
import id.pantau.media.rtsp.RtspTimeouts;
import id.pantau.media.rtsp.TalkEnd;
import id.pantau.server.onvif.OnvifException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which cameras can be talked to, and the way to their loudspeakers. What a camera said once is
/// remembered until its settings change; no camera is asked before somebody wants to know.
/// Thread-safe.
public final class Loudspeakers {
    public enum Ability {
        YES,
        NO,
        /// It could not be asked.
        UNKNOWN
    }

    /// @param detail why not, one English sentence; null when it can be talked to
    public record Facts(Ability ability, @Nullable String detail) {
        private static final Facts YES = new Facts(Ability.YES, null);
    }

    private static final Duration ANSWER_HOLDS = Duration.ofHours(12);

    /// A camera that refuses a password counts how often it is shown one.
    private static final Duration FAILURE_HOLDS = Duration.ofMinutes(15);

    private record Known(Camera camera, Facts facts, Instant until) {}

    private final UrlRules rules;
    private final CameraDevices devices;
    private final Clock clock;
    private final Map<CameraId, Known> known = new ConcurrentHashMap<>();

    public Loudspeakers(UrlRules rules, CameraDevices devices, Clock clock) {
        this.rules = rules;
        this.devices = devices;
        this.clock = clock;
    }

    /// The way there; empty for a camera that is not reached by RTSP.
    public Optional<RtspBackchannel> find(Camera camera) {
        StreamSource source = camera.main();
        String scheme = source.url().getScheme();
        if (!"rtsp".equals(scheme) && !"rtsps".equals(scheme)) {
            return Optional.empty();
        }
        Secret password = camera.password();
        var target =
                new RtspTarget(
                        source.url(),
                        camera.username(),
                        password == null ? null : password.reveal(),
                        RtspTarget.Transport.TCP);
        return Optional.of(
                new RtspBackchannel(
                        target,
                        RtspTimeouts.DEFAULT,
                        url -> rules.findRefusal(url, source.transport())));
    }

    /// Whether both are talked to in the same way, with the same login.
    public static boolean sameWay(Camera one, Camera other) {
        return one.enabled() == other.enabled()
                && one.main().equals(other.main())
                && Objects.equals(one.username(), other.username())
                && Objects.equals(one.password(), other.password())
                && Objects.equals(one.onvif(), other.onvif());
    }

    /// What is known; asks the camera when nothing is, which takes up to half a minute. A device
    /// that lists a loudspeaker over ONVIF is believed; any other is asked over RTSP, without
    /// setting anything up.
    public Facts facts(Camera camera) throws InterruptedException {
        Known before = known.get(camera.id());
        if (before != null
                && sameWay(before.camera(), camera)
                && clock.instant().isBefore(before.until())) {
            return before.facts();
        }
        Optional<RtspBackchannel> way = find(camera);
        if (way.isEmpty()) {
            return new Facts(Ability.NO, "The camera is not reached by RTSP.");
        }
        if (!camera.enabled()) {
            return new Facts(Ability.UNKNOWN, "The camera is switched off.");
        }
        if (listsLoudspeaker(camera)) {
            return learn(camera, Facts.YES, ANSWER_HOLDS);
        }
        Optional<TalkEnd> refusal = way.get().ask();
        return refusal.isEmpty()
                ? learn(camera, Facts.YES, ANSWER_HOLDS)
                : learn(camera, refusal.get());
    }

    private boolean listsLoudspeaker(Camera camera) {
        try {
            return camera.onvif() != null && devices.hasLoudspeaker(camera.id());
        } catch (OnvifException _) {
            return false; // RTSP tells
        }
    }

    /// What came of talking to it.
    public void tried(Camera camera, TalkEnd end) {
        switch (end.reason()) {
            case NO_BACKCHANNEL, UNSUPPORTED_CODEC -> learn(camera, end);
            case STOPPED, LOST, UNAUTHORIZED, UNREACHABLE, REFUSED -> {} // says nothing of it
        }
    }

    private Facts learn(Camera camera, TalkEnd end) {
        return switch (end.reason()) {
            case NO_BACKCHANNEL, UNSUPPORTED_CODEC ->
                    learn(camera, new Facts(Ability.NO, end.detail()), ANSWER_HOLDS);
            case STOPPED, LOST, UNAUTHORIZED, UNREACHABLE, REFUSED ->
                    learn(camera, new Facts(Ability.UNKNOWN, end.detail()), FAILURE_HOLDS);
        };
    }

    private Facts learn(Camera camera, Facts facts, Duration holds) {
        known.put(camera.id(), new Known(camera, facts, clock.instant().plus(holds)));
        return facts;
    }

    public void forget(CameraId id) {
        known.remove(id);
    }
}
