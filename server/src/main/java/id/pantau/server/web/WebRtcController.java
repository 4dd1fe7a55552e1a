package id.pantau.server.web;

import id.pantau.media.StreamEnd;
import id.pantau.media.hub.Publication;
import id.pantau.media.hub.PublishPoints;
import id.pantau.media.hub.PublishPoints.Protocol;
import id.pantau.media.webrtc.AnswerFacts;
import id.pantau.media.webrtc.WebRtcAnswer;
import id.pantau.media.webrtc.WebRtcServer;
import id.pantau.media.webrtc.WebRtcSession;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.LiveTranscodes;
import id.pantau.server.camera.PublishedStreams;
import id.pantau.server.camera.StreamName;
import id.pantau.server.identity.Actor;
import id.pantau.server.live.WebRtcStreams;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Offers and answers of WebRTC: WHEP (draft-ietf-wish-whep) to watch, WHIP (RFC 9725) to publish.
/// Candidates come with the offer; there is no trickle.
@RestController
class WebRtcController {
    private static final String SDP = "application/sdp";
    private static final String BEARER = "bearer ";

    /// What will be missing from the picture or sound, as words: `audioCodecNotPlayable`.
    private static final String REMARKS = "X-Pantau-Remarks";

    private final WebRtcStreams streams;
    private final LiveTranscodes transcodes;
    private final Supplier<WebRtcServer> server;
    private final PublishedStreams published;
    private final Cameras cameras;
    private final OpenSockets sockets;

    WebRtcController(
            WebRtcStreams streams,
            LiveTranscodes transcodes,
            Supplier<WebRtcServer> server,
            PublishedStreams published,
            Cameras cameras,
            OpenSockets sockets) {
        this.streams = streams;
        this.transcodes = transcodes;
        this.server = server;
        this.published = published;
        this.cameras = cameras;
        this.sockets = sockets;
    }

    @PostMapping(path = "/whep/{id}/{stream}", consumes = SDP, produces = SDP)
    ResponseEntity<String> play(
            @PathVariable String id,
            @PathVariable String stream,
            @RequestBody String offer,
            Actor actor)
            throws InterruptedException {
        CameraId camera = cameras.get(CameraController.cameraId(id)).id();
        StreamName name =
                transcodes.findStream(stream).orElseThrow(() -> ApiProblem.cameraNotFound(id));
        var key = new Object(); // of this session among the connections whose rights are watched
        WebRtcAnswer answer = streams.play(camera, name, offer, () -> sockets.closed(key));
        return switch (answer) {
            case WebRtcAnswer.Refused(var reason, var detail) -> throw refused(reason, detail);
            case WebRtcAnswer.Accepted(var sdp, var session, var facts) -> {
                sockets.opened(
                        key,
                        actor.username(),
                        id,
                        (_, why) -> session.close(new StreamEnd(StreamEnd.Reason.STOPPED, why)));
                if (session.state().phase() == WebRtcSession.Phase.CLOSED) {
                    sockets.closed(key); // it ended before it was listed
                }
                yield created("/whep/" + id + "/" + stream + "/" + session.id(), sdp, facts);
            }
        };
    }

    @DeleteMapping("/whep/{id}/{stream}/{session}")
    ResponseEntity<Void> stop(@PathVariable String id, @PathVariable String session) {
        boolean ended = streams.end(CameraController.cameraId(id), session);
        return ResponseEntity.status(ended ? HttpStatus.OK : HttpStatus.NOT_FOUND).build();
    }

    /// The stream key stands where a bearer token would (RFC 9725 §4.7).
    @PostMapping(path = "/whip/{id}", consumes = SDP, produces = SDP)
    ResponseEntity<String> publish(
            @PathVariable String id,
            @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
            @RequestBody String offer,
            HttpServletRequest request) {
        var peer = InetSocketAddress.createUnresolved(request.getRemoteAddr(), 0);
        var asked = new PublishPoints.Request(Protocol.WHIP, id, key(authorization), peer);
        return switch (published.open(asked)) {
            case PublishPoints.Answer.Refused(var reason, var detail) ->
                    throw refused(reason, detail);
            case PublishPoints.Answer.Open(var publication) -> publish(id, offer, publication);
        };
    }

    @DeleteMapping("/whip/{id}/{session}")
    ResponseEntity<Void> unpublish(
            @PathVariable String id,
            @PathVariable String session,
            @RequestHeader(name = "Authorization", defaultValue = "") String authorization) {
        if (!published.opens(key(authorization), CameraController.cameraId(id))) {
            throw refused(PublishPoints.Reason.UNAUTHORIZED, "the stream key is wrong");
        }
        Optional<WebRtcSession> running = server.get().find(session);
        running.ifPresent(one ->
                one.close(
                        new StreamEnd(
                                StreamEnd.Reason.CLOSED_BY_CAMERA, "the publisher ended it")));
        return ResponseEntity.status(running.isPresent() ? HttpStatus.OK : HttpStatus.NOT_FOUND)
                .build();
    }

    private ResponseEntity<String> publish(String id, String offer, Publication publication) {
        return switch (server.get().answerPublish(offer, publication)) {
            case WebRtcAnswer.Refused(var reason, var detail) -> {
                publication.close(new StreamEnd(StreamEnd.Reason.PROTOCOL_ERROR, detail));
                throw refused(reason, detail);
            }
            case WebRtcAnswer.Accepted(var sdp, var session, var facts) ->
                    created("/whip/" + id + "/" + session.id(), sdp, facts);
        };
    }

    private static ResponseEntity<String> created(String location, String sdp, AnswerFacts facts) {
        var answer =
                ResponseEntity.created(URI.create(location))
                        .contentType(MediaType.parseMediaType(SDP));
        if (!facts.remarks().isEmpty()) {
            answer.header(
                    REMARKS,
                    facts.remarks().stream()
                            .map(remark -> word(remark.kind()))
                            .collect(Collectors.joining(", ")));
        }
        return answer.body(sdp);
    }

    private static ApiProblem refused(WebRtcAnswer.Reason reason, String detail) {
        HttpStatus status =
                switch (reason) {
                    case MALFORMED_OFFER -> HttpStatus.BAD_REQUEST;
                    case OFFER_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
                    case NO_COMMON_CODEC -> HttpStatus.NOT_ACCEPTABLE;
                    case NOT_STREAMING -> HttpStatus.CONFLICT;
                    case TOO_MANY_SESSIONS, CLOSED -> HttpStatus.SERVICE_UNAVAILABLE;
                };
        return ApiProblem.of(status, "webrtc." + word(reason), detail);
    }

    private static ApiProblem refused(PublishPoints.Reason reason, String detail) {
        HttpStatus status =
                switch (reason) {
                    case UNAUTHORIZED -> HttpStatus.UNAUTHORIZED;
                    case BUSY -> HttpStatus.CONFLICT;
                    case DISABLED -> HttpStatus.FORBIDDEN;
                };
        return ApiProblem.of(status, "publish." + word(reason), detail);
    }

    private static String key(String authorization) {
        return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : "";
    }

    /// `NO_COMMON_CODEC` as `noCommonCodec`.
    private static String word(Enum<?> constant) {
        var word = new StringBuilder();
        for (String part : constant.name().toLowerCase(Locale.ROOT).split("_")) {
            word.append(word.isEmpty() ? part.charAt(0) : Character.toUpperCase(part.charAt(0)))
                    .append(part, 1, part.length());
        }
        return word.toString();
    }
}
