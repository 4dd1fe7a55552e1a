package id.pantau.server.live;

import id.pantau.media.hub.Rounds;
import id.pantau.media.hub.Sleeper;
import id.pantau.server.camera.CameraId;
import id.pantau.server.identity.MediaUse;
import id.pantau.server.identity.SignIns;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who plays by RTSP and RTMP, where a connection outlives the moment in which its right was asked
/// for. Every few seconds each right is asked for again; a user who lost it, or is gone, is cut
/// off. Owns a virtual thread from [#start] to [#close].
public final class OpenStreams implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);

    /// The server of one protocol.
    public interface Players {
        /// Where those come from who are connected now.
        Set<InetSocketAddress> peers();

        /// Cuts one off; nobody when it is gone already.
        void disconnect(InetSocketAddress peer);
    }

    private record Connection(MediaUse use, InetSocketAddress peer) {}

    private record Right(String username, CameraId camera) {}

    private final SignIns signIns;
    private final Map<Connection, Set<Right>> open = new ConcurrentHashMap<>();
    private Map<MediaUse, Players> servers = Map.of(); // the thread's own, once it runs
    private final Rounds checking = new Rounds("stream-rights", EVERY, Sleeper.SYSTEM, this::round);

    public OpenStreams(SignIns signIns) {
        this.signIns = signIns;
    }

    /// @param players the servers, by what they serve
    public void start(Map<MediaUse, Players> players) {
        servers = Map.copyOf(players);
        checking.start();
    }

    /// A connection plays what this user may see.
    void allowed(MediaUse use, InetSocketAddress peer, String username, CameraId camera) {
        open.computeIfAbsent(new Connection(use, peer), _ -> ConcurrentHashMap.newKeySet())
                .add(new Right(username, camera));
    }

    @Override
    public void close() {
        checking.close();
        open.clear();
    }

    private void round() {
        try {
            servers.forEach(this::check);
        } catch (RuntimeException e) {
            // the database is away: whoever watches goes on, and is asked for again
            LOG.warn("cannot check the rights of players: {}", e.getMessage());
        }
    }

    private void check(MediaUse use, Players players) {
        var asked = new HashMap<Right, Boolean>();
        Set<InetSocketAddress> connected = players.peers();
        open.forEach((connection, rights) -> {
            if (connection.use() != use) {
                return;
            }
            if (!connected.contains(connection.peer())) {
                open.remove(connection);
            } else if (!rights.stream()
                    .allMatch(right -> asked.computeIfAbsent(right, this::stillHolds))) {
                open.remove(connection);
                players.disconnect(connection.peer());
                LOG.info("{} player at {} lost its right", use.text(), connection.peer());
            }
        });
    }

    private boolean stillHolds(Right right) {
        return signIns.stillMayView(right.username(), right.camera().value());
    }
}
