package id.pantau.server.web;

import id.pantau.media.flv.FlvPlayback;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.StreamName;
import id.pantau.server.live.FlvSources;
import id.pantau.server.live.ViewerSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/// Live FLV over WebSocket: the same bytes as [FlvController] sends, a tag a message, at the same
/// address. One virtual thread per player.
@Component
class FlvSockets extends AbstractWebSocketHandler {
    static final String PATTERN = "/flv/{id}/{stream}.flv";

    /// A peer that takes nothing for so long is gone.
    private static final Duration IDLE = Duration.ofSeconds(45);

    private static final int LARGEST_MESSAGE_IN = 1024;
    private static final CloseStatus NOTHING_COMES =
            new CloseStatus(1013, "nothing comes from the camera yet");

    private final FlvSources sources;
    private final Cameras cameras;
    private final OpenSockets sockets;
    private final Map<String, FlvPlayback> playing = new ConcurrentHashMap<>(); // by session id

    FlvSockets(FlvSources sources, Cameras cameras, OpenSockets sockets) {
        this.sources = sources;
        this.cameras = cameras;
        this.sockets = sockets;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        String id = WebSockets.variable(session, "id");
        Optional<StreamName> stream = StreamName.find(WebSockets.variable(session, "stream"));
        Optional<Camera> camera =
                CameraId.isSlug(id) ? cameras.find(new CameraId(id)) : Optional.empty();
        if (camera.isEmpty() || stream.flatMap(camera.get()::source).isEmpty()) {
            session.close(WebSockets.NO_SUCH_CAMERA);
            return;
        }
        var socket = JettySocket.of(session, LARGEST_MESSAGE_IN, IDLE);
        Thread.ofVirtual()
                .name("flv-socket-" + session.getId())
                .start(() -> run(session, socket, camera.get(), stream.get()));
    }

    /// Blocks while the camera is connected, and then for as long as the player stays.
    private void run(
            WebSocketSession session, ViewerSocket socket, Camera camera, StreamName stream) {
        CloseStatus end = NOTHING_COMES;
        try {
            Optional<FlvPlayback> started = sources.play(camera, stream);
            if (started.isPresent()) {
                try (FlvPlayback playback = started.get()) {
                    play(session, socket, camera, playback);
                }
                end = CloseStatus.NORMAL;
            }
        } catch (InterruptedException _) {
            end = CloseStatus.GOING_AWAY;
        } finally {
            socket.close(end.getCode(), String.valueOf(end.getReason()));
        }
    }

    private void play(
            WebSocketSession session, ViewerSocket socket, Camera camera, FlvPlayback playback)
            throws InterruptedException {
        String username = WebSockets.actor(session).username();
        playing.put(session.getId(), playback);
        sockets.opened(session.getId(), username, camera.id().value(), socket::close);
        try {
            if (session.isOpen()) { // else it broke before there was something to end
                send(playback, socket);
            }
        } finally {
            leave(session);
        }
    }

    private static void send(FlvPlayback playback, ViewerSocket socket)
            throws InterruptedException {
        BlockingQueue<Boolean> sent = new ArrayBlockingQueue<>(1);
        boolean open = send(playback.fileHeader(), socket, sent);
        while (open) {
            var tags = playback.takeInFile().iterator();
            open = tags.hasNext();
            while (open && tags.hasNext()) {
                open = send(tags.next(), socket, sent);
            }
        }
    }

    /// @return whether it went out
    private static boolean send(ByteBuffer bytes, ViewerSocket socket, BlockingQueue<Boolean> sent)
            throws InterruptedException {
        socket.send(
                bytes,
                new ViewerSocket.Sent() {
                    @Override
                    public void done() {
                        boolean unused = sent.offer(true);
                    }

                    @Override
                    public void failed() {
                        boolean unused = sent.offer(false);
                    }
                });
        return sent.take();
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
        FlvPlayback playback = playing.remove(session.getId());
        if (playback != null) {
            playback.end("the player is gone");
        }
    }
}
