package id.pantau.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How an [OnvifSimulator] is set up and misbehaves.
///
/// @param clockOffset how far its clock is ahead
/// @param media2 whether it has the Media2 service
/// @param ptz whether it moves
/// @param getServices whether it knows GetServices; older devices have GetCapabilities only
/// @param namedHost the host it names in every address; null for the one it is asked at
/// @param mainStream, subStream what it says it plays
/// @param lockAfter wrong passwords after which it lets nobody in; zero for never
/// @param unsupported actions it refuses as not implemented
/// @param silent actions it never answers
public record OnvifScript(
        String username,
        String password,
        Authentication authentication,
        Duration clockOffset,
        boolean media2,
        boolean ptz,
        boolean getServices,
        @Nullable String namedHost,
        URI mainStream,
        URI subStream,
        int lockAfter,
        Set<String> unsupported,
        Set<String> silent) {
    /// How it wants to be shown who asks.
    public enum Authentication {
        NONE,
        TOKEN,
        DIGEST_MD5,
        DIGEST_SHA256
    }

    public OnvifScript {
        unsupported = Set.copyOf(unsupported);
        silent = Set.copyOf(silent);
    }

    /// A well-behaved dome camera with Media2 and a drive.
    public static OnvifScript camera(String username, String password) {
        return new OnvifScript(
                username,
                password,
                Authentication.TOKEN,
                Duration.ZERO,
                true,
                true,
                true,
                null,
                URI.create("rtsp://127.0.0.1:554/main"),
                URI.create("rtsp://127.0.0.1:554/sub"),
                0,
                Set.of(),
                Set.of());
    }

    public OnvifScript with(Authentication other) {
        return new OnvifScript(
                username,
                password,
                other,
                clockOffset,
                media2,
                ptz,
                getServices,
                namedHost,
                mainStream,
                subStream,
                lockAfter,
                unsupported,
                silent);
    }

    public OnvifScript withClockOffset(Duration offset) {
        return new OnvifScript(
                username,
                password,
                authentication,
                offset,
                media2,
                ptz,
                getServices,
                namedHost,
                mainStream,
                subStream,
                lockAfter,
                unsupported,
                silent);
    }

    /// Media only, found by GetCapabilities.
    public OnvifScript older() {
        return new OnvifScript(
                username,
                password,
                authentication,
                clockOffset,
                false,
                ptz,
                false,
                namedHost,
                mainStream,
                subStream,
                lockAfter,
                unsupported,
                silent);
    }

    public OnvifScript withoutPtz() {
        return new OnvifScript(
                username,
                password,
                authentication,
                clockOffset,
                media2,
                false,
                getServices,
                namedHost,
                mainStream,
                subStream,
                lockAfter,
                unsupported,
                silent);
    }

    public OnvifScript naming(String host) {
        return new OnvifScript(
                username,
                password,
                authentication,
                clockOffset,
                media2,
                ptz,
                getServices,
                host,
                mainStream,
                subStream,
                lockAfter,
                unsupported,
                silent);
    }

    public OnvifScript playing(URI main, URI sub) {
        return new OnvifScript(
                username,
                password,
                authentication,
                clockOffset,
                media2,
                ptz,
                getServices,
                namedHost,
                main,
                sub,
                lockAfter,
                unsupported,
                silent);
    }

    public OnvifScript lockingAfter(int wrongPasswords) {
        return new OnvifScript(
                username,
                password,
                authentication,
                clockOffset,
                media2,
                ptz,
                getServices,
                namedHost,
                mainStream,
                subStream,
                wrongPasswords,
                unsupported,
                silent);
    }

    public OnvifScript withoutActions(String... actions) {
        return new OnvifScript(
                username,
                password,
                authentication,
                clockOffset,
                media2,
                ptz,
                getServices,
                namedHost,
                mainStream,
                subStream,
                lockAfter,
                Set.of(actions),
                silent);
    }

    public OnvifScript silentAt(String... actions) {
        return new OnvifScript(
                username,
                password,
                authentication,
                clockOffset,
                media2,
                ptz,
                getServices,
                namedHost,
                mainStream,
                subStream,
                lockAfter,
                unsupported,
                Set.of(actions));
    }
}
