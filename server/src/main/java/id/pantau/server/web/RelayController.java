package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.media.StreamEnd;
import id.pantau.media.rtmp.RtmpPushTarget.Trust;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.StreamName;
import id.pantau.server.identity.Actor;
import id.pantau.server.relay.Relay;
import id.pantau.server.relay.RelayState;
import id.pantau.server.relay.RelayTarget;
import id.pantau.server.relay.Relays;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Streams that are pushed to other servers, for administrators.
@Tag(name = "Relays")
@RestController
@RequestMapping("/api/v1/relays")
class RelayController {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    /// @param phase `off`, `noMedia`, `connecting`, `pushing` or `waiting`
    /// @param reason why the last try ended, stable; absent before the first end
    /// @param detail the same as a sentence
    /// @param nextAttemptAt when `waiting`
    /// @param sentBytes of media since the relay was started
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RelayStateView(
            @Word(RelayState.Phase.class) String phase,
            Instant since,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable Instant nextAttemptAt,
            long sentBytes) {
        static RelayStateView of(RelayState state) {
            StreamEnd end = state.lastEnd();
            return new RelayStateView(
                    CameraViews.word(state.phase()),
                    state.since(),
                    end == null ? null : end.reason().name(),
                    end == null ? null : end.detail(),
                    state.nextAttemptAt(),
                    state.sentBytes());
        }
    }

    /// @param target where to, without anything secret
    record RelayView(
            String id,
            String camera,
            @Word(value = StreamName.class, except = "transcode") String stream,
            String target,
            boolean trustAnyCertificate,
            boolean enabled,
            RelayStateView state) {}

    /// @param stream absent: main
    /// @param url `rtmp://`, `rtmps://`, `rtsp://` or `rtsps://`; kept encrypted and never shown
    /// @param trustAnyCertificate with TLS: encrypted, but without proof of who is there; absent:
    ///   false
    /// @param enabled absent: true
    record RelayInput(
            @Wanted @Nullable String camera,
            @Word(value = StreamName.class, except = "transcode") @Nullable String stream,
            @Wanted @Nullable String url,
            @Nullable Boolean trustAnyCertificate,
            @Nullable Boolean enabled) {}

    /// What is absent stays as it is.
    record RelayPatch(
            @Word(value = StreamName.class, except = "transcode") @Nullable String stream,
            @Nullable String url,
            @Nullable Boolean trustAnyCertificate,
            @Nullable Boolean enabled) {}

    private final Relays relays;
    private final Cameras cameras;

    RelayController(Relays relays, Cameras cameras) {
        this.relays = relays;
        this.cameras = cameras;
    }

    @Operation(summary = "All relays with their states, by camera")
    @GetMapping
    List<RelayView> list() {
        return relays.list().stream().map(this::view).toList();
    }

    @Operation(summary = "Push a stream to another server")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    RelayView add(@RequestBody RelayInput input, Actor actor) {
        CameraId camera =
                cameras.get(CameraController.cameraId(Required.field("camera", input.camera())))
                        .id();
        String stream = input.stream();
        Relay relay =
                relays.add(
                        camera,
                        stream == null ? StreamName.MAIN : stream(stream),
                        RelayTarget.parse(
                                Required.field("url", input.url()),
                                trust(Boolean.TRUE.equals(input.trustAnyCertificate()))),
                        !Boolean.FALSE.equals(input.enabled()));
        AUDIT.info(
                "relay added relay={} camera={} to={} by={}",
                relay.id(),
                camera,
                relay.target().shown(),
                actor.username());
        return view(relay);
    }

    @Operation(summary = "Change a relay; it begins anew")
    @PatchMapping("/{relay}")
    RelayView change(@PathVariable String relay, @RequestBody RelayPatch patch, Actor actor) {
        Relay changed = relays.change(relay, before -> apply(patch, before));
        AUDIT.info(
                "relay changed relay={} to={} enabled={} by={}",
                changed.id(),
                changed.target().shown(),
                changed.enabled(),
                actor.username());
        return view(changed);
    }

    @Operation(summary = "End a relay for good")
    @DeleteMapping("/{relay}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String relay, Actor actor) {
        relays.remove(relay);
        AUDIT.info("relay removed relay={} by={}", relay, actor.username());
    }

    private static Relay apply(RelayPatch patch, Relay before) {
        String stream = patch.stream();
        String url = patch.url();
        Boolean trustAny = patch.trustAnyCertificate();
        Boolean enabled = patch.enabled();
        RelayTarget target = before.target();
        if (url != null || trustAny != null) {
            target =
                    RelayTarget.parse(
                            url == null ? target.url().reveal() : url,
                            trustAny == null ? target.trust() : trust(trustAny));
        }
        return new Relay(
                before.id(),
                before.camera(),
                stream == null ? before.stream() : stream(stream),
                target,
                enabled == null ? before.enabled() : enabled,
                before.createdAt());
    }

    private RelayView view(Relay relay) {
        return new RelayView(
                relay.id(),
                relay.camera().value(),
                relay.stream().text(),
                relay.target().shown(),
                relay.target().trust() == Trust.ANYBODY,
                relay.enabled(),
                RelayStateView.of(relays.state(relay)));
    }

    private static Trust trust(boolean any) {
        return any ? Trust.ANYBODY : Trust.AUTHORITIES;
    }

    private static StreamName stream(String text) {
        return StreamName.find(text)
                .orElseThrow(() ->
                        ApiProblem.invalid("stream", "request.invalid", "must be main or sub"));
    }
}
