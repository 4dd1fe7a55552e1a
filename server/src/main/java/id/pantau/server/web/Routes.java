package id.pantau.server.web;

import static id.pantau.server.identity.MediaUse.FLV;
import static id.pantau.server.identity.MediaUse.HLS;
import static id.pantau.server.identity.MediaUse.PLAYBACK;
import static id.pantau.server.identity.MediaUse.SNAPSHOT;
import static id.pantau.server.identity.MediaUse.TALK;
import static id.pantau.server.identity.MediaUse.WEBSOCKET;
import static id.pantau.server.identity.MediaUse.WHEP;
import static id.pantau.server.web.Route.Right.ADMINISTRATOR;
import static id.pantau.server.web.Route.Right.CAMERA;
import static id.pantau.server.web.Route.Right.PUBLIC;
import static id.pantau.server.web.Route.Right.USER;
import static id.pantau.server.web.Route.api;
import static id.pantau.server.web.Route.media;
import static id.pantau.server.web.Route.webSocket;

import java.util.List;
import org.springframework.http.server.PathContainer;

/// Every route of the server and the right it needs. What is not here is refused: a controller
/// without a row answers 404. `docs/design/api.md` says what each one does; the access-matrix test
/// compares this table with what is really mapped.
final class Routes {
    private Routes() {}

    /// A file that lies beside index.html (icons, manifest).
    private static final String FILE = "{file:[\\w-]+\\.(?:js|svg|png|ico|txt|webmanifest)}";

    /// First part of an address the UI's own router understands: none of the server's own.
    private static final String PAGE =
            "{page:(?!(?:api|hls|whep|whip|flv|metrics|healthz|readyz|error|actuator)$)[\\w-]+}";

    /// In a pattern, `{id}` is always a camera's id.
    static final List<Route> TABLE =
            List.of(
                    api("GET", "/healthz", PUBLIC),
                    api("GET", "/readyz", PUBLIC),
                    api("GET", "/metrics", ADMINISTRATOR),
                    api("GET", "/api/openapi.json", PUBLIC),
                    // sign-in
                    api("GET", "/api/v1/setup", PUBLIC),
                    api("POST", "/api/v1/setup", PUBLIC),
                    api("POST", "/api/v1/auth/login", PUBLIC),
                    api("POST", "/api/v1/auth/token", PUBLIC),
                    api("POST", "/api/v1/auth/logout", USER),
                    api("GET", "/api/v1/auth/me", USER),
                    api("GET", "/api/v1/auth/stream-password", USER),
                    api("POST", "/api/v1/auth/password", USER),
                    api("GET", "/api/v1/users", ADMINISTRATOR),
                    api("POST", "/api/v1/users", ADMINISTRATOR),
                    api("PATCH", "/api/v1/users/{username}", ADMINISTRATOR),
                    api("DELETE", "/api/v1/users/{username}", ADMINISTRATOR),
                    // cameras
                    api("GET", "/api/v1/cameras", USER),
                    api("POST", "/api/v1/cameras", ADMINISTRATOR),
                    api("GET", "/api/v1/cameras/{id}", CAMERA),
                    api("PATCH", "/api/v1/cameras/{id}", ADMINISTRATOR),
                    api("DELETE", "/api/v1/cameras/{id}", ADMINISTRATOR),
                    api("POST", "/api/v1/cameras/{id}/restart", ADMINISTRATOR),
                    api("POST", "/api/v1/cameras/{id}/stream-key", ADMINISTRATOR),
                    api("POST", "/api/v1/probe", ADMINISTRATOR),
                    api("GET", "/api/v1/cameras/{id}/findings", CAMERA),
                    api("POST", "/api/v1/cameras/{id}/findings", ADMINISTRATOR),
                    api("GET", "/api/v1/findings", USER),
                    api("POST", "/api/v1/cameras/{id}/tickets", CAMERA),
                    // ONVIF
                    api("POST", "/api/v1/onvif/discover", ADMINISTRATOR),
                    api("POST", "/api/v1/onvif/profiles", ADMINISTRATOR),
                    api("GET", "/api/v1/cameras/{id}/ptz", CAMERA),
                    api("POST", "/api/v1/cameras/{id}/ptz/move", CAMERA),
                    api("POST", "/api/v1/cameras/{id}/ptz/stop", CAMERA),
                    api("POST", "/api/v1/cameras/{id}/ptz/goto", CAMERA),
                    api("POST", "/api/v1/cameras/{id}/ptz/presets", CAMERA),
                    api("DELETE", "/api/v1/cameras/{id}/ptz/presets/{preset}", ADMINISTRATOR),
                    api("POST", "/api/v1/cameras/{id}/ptz/patrol", CAMERA),
                    api("POST", "/api/v1/cameras/{id}/reboot", ADMINISTRATOR),
                    api("GET", "/api/v1/cameras/{id}/imaging", ADMINISTRATOR),
                    api("PUT", "/api/v1/cameras/{id}/imaging", ADMINISTRATOR),
                    // relays
                    api("GET", "/api/v1/relays", ADMINISTRATOR),
                    api("POST", "/api/v1/relays", ADMINISTRATOR),
                    api("PATCH", "/api/v1/relays/{relay}", ADMINISTRATOR),
                    api("DELETE", "/api/v1/relays/{relay}", ADMINISTRATOR),
                    // models
                    api("GET", "/api/v1/models", ADMINISTRATOR),
                    api("POST", ModelController.IMPORT, ADMINISTRATOR),
                    api("POST", "/api/v1/models/{model}/pull", ADMINISTRATOR),
                    api("DELETE", "/api/v1/models/{model}", ADMINISTRATOR),
                    // workers
                    api("GET", "/api/v1/workers", ADMINISTRATOR),
                    api("POST", "/api/v1/workers", ADMINISTRATOR),
                    api("DELETE", "/api/v1/workers/{worker}", ADMINISTRATOR),
                    // recordings
                    api("GET", "/api/v1/cameras/{id}/recordings", CAMERA),
                    api("GET", "/api/v1/cameras/{id}/coverage", CAMERA),
                    api("GET", "/api/v1/cameras/{id}/days", CAMERA),
                    media("GET", "/api/v1/cameras/{id}/snapshot.jpg", CAMERA, SNAPSHOT),
                    media("GET", "/api/v1/cameras/{id}/playback/index.m3u8", CAMERA, PLAYBACK),
                    media(
                            "GET",
                            "/api/v1/cameras/{id}/playback/{segment}/init.mp4",
                            CAMERA,
                            PLAYBACK),
                    media(
                            "GET",
                            "/api/v1/cameras/{id}/playback/{segment}/{run}.m4s",
                            CAMERA,
                            PLAYBACK),
                    media("GET", "/api/v1/cameras/{id}/export", CAMERA, PLAYBACK),
                    api("GET", "/api/v1/coverage", USER),
                    // events
                    api("GET", "/api/v1/events", USER),
                    api("POST", "/api/v1/events/seen", USER),
                    api("GET", "/api/v1/events/{event}", USER), // of cameras one may see
                    api("GET", "/api/v1/events/{event}/snapshot.jpg", USER),
                    api("GET", "/api/v1/cameras/{id}/crossings", CAMERA),
                    api("POST", "/api/v1/cameras/{id}/recording/trigger", CAMERA),
                    api("DELETE", "/api/v1/cameras/{id}/recording/trigger", CAMERA),
                    api("GET", "/api/v1/reports/selective", USER),
                    // server
                    api("GET", "/api/v1/volumes", ADMINISTRATOR),
                    api("GET", "/api/v1/health", USER),
                    api("GET", "/api/v1/streams", USER),
                    api("GET", "/api/v1/tls", ADMINISTRATOR),
                    api("GET", "/api/v1/settings", ADMINISTRATOR),
                    api("PATCH", "/api/v1/settings", ADMINISTRATOR),
                    // live
                    webSocket(ObjectSockets.PATTERN, CAMERA, WEBSOCKET), // before the next
                    webSocket("/api/v1/cameras/{id}/live/{stream}", CAMERA, WEBSOCKET),
                    webSocket("/api/v1/live/events", USER, null),
                    api("GET", "/api/v1/cameras/{id}/loudspeaker", CAMERA),
                    webSocket(TalkSockets.PATTERN, CAMERA, TALK),
                    media("POST", "/whep/{id}/{stream}", CAMERA, WHEP),
                    media("DELETE", "/whep/{id}/{stream}/{session}", CAMERA, WHEP),
                    api("POST", "/whip/{id}", PUBLIC), // the stream key is the right
                    api("DELETE", "/whip/{id}/{session}", PUBLIC),
                    media("GET", "/hls/{id}/index.m3u8", CAMERA, HLS),
                    media("GET", "/hls/{id}/{stream}/index.m3u8", CAMERA, HLS),
                    media("GET", "/hls/{id}/{stream}/{init}.mp4", CAMERA, HLS),
                    media("GET", "/hls/{id}/{stream}/{segment}.m4s", CAMERA, HLS),
                    // HTTP-FLV has the same address, without the upgrade
                    webSocket(FlvSockets.PATTERN, CAMERA, FLV),
                    // the browser UI: files, and index.html for its own addresses
                    api("GET", "/", PUBLIC),
                    api("GET", "/index.html", PUBLIC),
                    api("GET", "/assets/**", PUBLIC),
                    api("GET", "/" + FILE, PUBLIC),
                    api("GET", "/" + PAGE + "/**", PUBLIC));

    /// The row for a request.
    static Match match(String method, PathContainer path) {
        List<Route> samePath = TABLE.stream().filter(route -> route.matchesPath(path)).toList();
        if (samePath.isEmpty()) {
            return new Match.Unknown();
        }
        return samePath.stream()
                .filter(route -> route.matchesMethod(method))
                .findFirst()
                .<Match>map(Match.Found::new)
                .orElseGet(() ->
                        new Match.OtherMethod(
                                samePath.stream().map(Route::method).distinct().toList()));
    }

    /// What the table says about a request.
    sealed interface Match {
        record Found(Route route) implements Match {}

        /// The path is known, for these methods only.
        record OtherMethod(List<String> allowed) implements Match {}

        record Unknown() implements Match {}
    }
}
