package id.pantau.media.webrtc;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The sessions of a server, by the three names a packet or a request may call them. Thread-safe.
final class SessionTable {
    private final Map<String, PeerSession> byId = new ConcurrentHashMap<>();
    private final Map<String, PeerSession> byUfrag = new ConcurrentHashMap<>();
    private final Map<Object, PeerSession> byPath = new ConcurrentHashMap<>();

    void add(PeerSession session) {
        byUfrag.put(session.credentials().ufrag(), session);
        byId.put(session.id(), session);
    }

    /// @param path an address of the UDP port's other side
    void addPath(Object path, PeerSession session) {
        byPath.put(path, session);
        if (session.state().phase() == WebRtcSession.Phase.CLOSED) {
            byPath.remove(path, session); // it was removed a moment before
        }
    }

    void remove(PeerSession session) {
        byId.remove(session.id());
        byUfrag.remove(session.credentials().ufrag());
        session.paths().forEach(path -> byPath.remove(path, session));
    }

    @Nullable PeerSession withId(String id) {
        return byId.get(id);
    }

    @Nullable PeerSession withUfrag(String ufrag) {
        return byUfrag.get(ufrag);
    }

    @Nullable PeerSession onPath(Object path) {
        return byPath.get(path);
    }

    List<PeerSession> all() {
        return List.copyOf(byId.values());
    }

    int size() {
        return byId.size();
    }
}
