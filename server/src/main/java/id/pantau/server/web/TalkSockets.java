package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.media.Codec;
import id.pantau.media.rtsp.TalkSound;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.Cameras;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Rights;
import id.pantau.server.live.ViewerSocket;
import id.pantau.server.talk.Talk;
import id.pantau.server.talk.TalkException;
import id.pantau.server.talk.TalkListener;
import id.pantau.server.talk.TalkOver;
import id.pantau.server.talk.Talks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Sound from a browser's microphone to a camera's loudspeaker.
@Component
class TalkSockets extends AbstractWebSocketHandler {
    static final String PATTERN = "/api/v1/cameras/{id}/talk";

    /// Longer than a talk may be quiet.
    private static final Duration IDLE = Duration.ofSeconds(75);

    /// Half a second at the higher rate.
    private static final int LARGEST_MESSAGE_IN = 16 * 1024;

    private static final int NORMAL = 1000;

    /// The browser's first message.
    private record Hello(@Nullable Integer rateHz) {}

    private record Ready(String type, Codec codec, int rateHz) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Over(String type, String code, String detail, @Nullable String talker) {}

    private static final ViewerSocket.Sent WHATEVER =
            new ViewerSocket.Sent() {
                @Override
                public void done() {}

                @Override
                public void failed() {}
            };

    /// One browser's connection.
    private final class Talker implements TalkListener {
        private final Camera camera;
        private final Actor actor;
        private final JettySocket socket;
        private volatile @Nullable Talk talk; // null before the first message

        Talker(Camera camera, Actor actor, JettySocket socket) {
            this.camera = camera;
            this.actor = actor;
            this.socket = socket;
        }

        void begin(Talk.Rate rate) {
            try {
                talk = talks.begin(camera, actor.username(), rate, this);
            } catch (TalkException e) {
                String who = e.talker();
                end(
                        new Over(
                                "refused",
                                "talk." + CameraViews.word(e.reason()),
                                e.sentence(),
                                who != null && mayKnow(actor, who) ? who : null));
            }
        }

        @Override
        public void ready(Codec codec) {
            tell(new Ready("ready", codec, TalkSound.RATE_HZ));
        }

        @Override
        public void over(TalkOver over) {
            String code = "talk." + CameraViews.word(over.reason());
            end(new Over(over.begun() ? "ended" : "refused", code, over.detail(), null));
        }

        void end(Over over) {
            tell(over);
            socket.close(NORMAL, over.code());
        }

        private void tell(Object message) {
            socket.send(json.writeValueAsString(message), WHATEVER);
        }

        void leave() {
            Talk begun = talk;
            if (begun != null) {
                begun.end();
            }
        }
    }

    private final Cameras cameras;
    private final Talks talks;
    private final OpenSockets sockets;
    private final JsonMapper json;
    private final Map<String, Talker> talkers = new ConcurrentHashMap<>(); // by session id

    TalkSockets(Cameras cameras, Talks talks, OpenSockets sockets, JsonMapper json) {
        this.cameras = cameras;
        this.talks = talks;
        this.sockets = sockets;
        this.json = json;
    }

    /// Operators do not see who else works here; administrators do, and everybody knows themselves.
    static boolean mayKnow(Actor actor, String talker) {
        return Rights.mayAdminister(actor) || actor.username().equals(talker);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        String id = WebSockets.variable(session, "id");
        Optional<Camera> camera =
                CameraId.isSlug(id) ? cameras.find(new CameraId(id)) : Optional.empty();
        if (camera.isEmpty()) {
            session.close(WebSockets.NO_SUCH_CAMERA);
            return;
        }
        Actor actor = WebSockets.actor(session);
        var socket = JettySocket.of(session, LARGEST_MESSAGE_IN, IDLE);
        var talker = new Talker(camera.get(), actor, socket);
        talkers.put(session.getId(), talker);
        sockets.opened(
                session.getId(),
                actor.username(),
                id,
                (code, reason) -> {
                    talker.leave();
                    socket.close(code, reason);
                });
        if (!session.isOpen()) {
            leave(session); // it broke meanwhile
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        Talker talker = talkers.get(session.getId());
        if (talker == null || talker.talk != null) {
            return;
        }
        Optional<Talk.Rate> rate = rate(message.getPayload());
        if (rate.isPresent()) {
            talker.begin(rate.get());
            if (!talkers.containsKey(session.getId())) {
                talker.leave(); // it broke meanwhile
            }
        } else {
            invalid(talker, "The first message is {\"rateHz\": 8000} or {\"rateHz\": 16000}.");
        }
    }

    private Optional<Talk.Rate> rate(String hello) {
        @Nullable Integer rateHz;
        try {
            Hello said = json.readValue(hello, Hello.class);
            rateHz = said == null ? null : said.rateHz();
        } catch (JacksonException _) {
            return Optional.empty();
        }
        return switch (rateHz) {
            case Integer hz when hz == 8_000 -> Optional.of(Talk.Rate.HZ_8000);
            case Integer hz when hz == 16_000 -> Optional.of(Talk.Rate.HZ_16000);
            case null, default -> Optional.empty();
        };
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        Talker talker = talkers.get(session.getId());
        Talk talk = talker == null ? null : talker.talk;
        if (talker == null) {
            return;
        }
        ByteBuffer bytes = message.getPayload();
        if (talk == null || bytes.remaining() % Short.BYTES != 0) {
            talker.leave();
            invalid(talker, "Sound is whole samples of 16 bits, and comes after the rate.");
            return;
        }
        short[] samples = new short[bytes.remaining() / Short.BYTES];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        talk.say(samples);
    }

    private static void invalid(Talker talker, String detail) {
        talker.end(new Over("refused", "talk.invalid", detail, null));
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable cause) {
        leave(session);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        leave(session);
    }

    private void leave(WebSocketSession session) {
        sockets.closed(session.getId());
        Talker talker = talkers.remove(session.getId());
        if (talker != null) {
            talker.leave();
        }
    }
}
