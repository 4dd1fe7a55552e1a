package id.pantau.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How an [OnvifSimulator] is set up and misbehaves. Immutable: each change makes another one.
public final class OnvifScript {
    /// How it wants to be shown who asks.
    public enum Authentication {
        NONE,
        TOKEN,
        DIGEST_MD5,
        DIGEST_SHA256
    }

    private final String username;
    private final String password;

    // written before anybody else sees the object
    private Authentication authentication = Authentication.TOKEN;
    private Duration clockOffset = Duration.ZERO;
    private boolean media2 = true;
    private boolean ptz = true;
    private boolean getServices = true;
    private @Nullable String namedHost;
    private URI mainStream = URI.create("rtsp://127.0.0.1:554/main");
    private URI subStream = URI.create("rtsp://127.0.0.1:554/sub");
    private int lockAfter;
    private Set<String> unsupported = Set.of();
    private Set<String> silent = Set.of();

    private OnvifScript(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /// A well-behaved dome camera with Media2 and a drive.
    public static OnvifScript camera(String username, String password) {
        return new OnvifScript(username, password);
    }

    private OnvifScript but(Consumer<OnvifScript> change) {
        var other = new OnvifScript(username, password);
        other.authentication = authentication;
        other.clockOffset = clockOffset;
        other.media2 = media2;
        other.ptz = ptz;
        other.getServices = getServices;
        other.namedHost = namedHost;
        other.mainStream = mainStream;
        other.subStream = subStream;
        other.lockAfter = lockAfter;
        other.unsupported = unsupported;
        other.silent = silent;
        change.accept(other);
        return other;
    }

    public OnvifScript with(Authentication wanted) {
        return but(other -> other.authentication = wanted);
    }

    public OnvifScript withClockOffset(Duration offset) {
        return but(other -> other.clockOffset = offset);
    }

    /// Media only, found by GetCapabilities.
    public OnvifScript older() {
        return but(other -> {
            other.media2 = false;
            other.getServices = false;
        });
    }

    public OnvifScript withoutPtz() {
        return but(other -> other.ptz = false);
    }

    public OnvifScript naming(String host) {
        return but(other -> other.namedHost = host);
    }

    public OnvifScript playing(URI main, URI sub) {
        return but(other -> {
            other.mainStream = main;
            other.subStream = sub;
        });
    }

    public OnvifScript lockingAfter(int wrongPasswords) {
        return but(other -> other.lockAfter = wrongPasswords);
    }

    public OnvifScript withoutActions(String... actions) {
        return but(other -> other.unsupported = Set.of(actions));
    }

    public OnvifScript silentAt(String... actions) {
        return but(other -> other.silent = Set.of(actions));
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }

    Authentication authentication() {
        return authentication;
    }

    /// How far its clock is ahead.
    Duration clockOffset() {
        return clockOffset;
    }

    /// Whether it has the Media2 service.
    boolean media2() {
        return media2;
    }

    /// Whether it moves.
    boolean ptz() {
        return ptz;
    }

    /// Whether it knows GetServices; older devices have GetCapabilities only.
    boolean getServices() {
        return getServices;
    }

    /// The host it names in every address; null for the one it is asked at.
    @Nullable String namedHost() {
        return namedHost;
    }

    /// What it says it plays.
    URI mainStream() {
        return mainStream;
    }

    URI subStream() {
        return subStream;
    }

    /// Wrong passwords after which it lets nobody in; zero for never.
    int lockAfter() {
        return lockAfter;
    }

    /// Actions it refuses as not implemented.
    Set<String> unsupported() {
        return unsupported;
    }

    /// Actions it never answers.
    Set<String> silent() {
        return silent;
    }
}
