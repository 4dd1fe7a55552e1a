package id.pantau.media.rtmp;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/// Decides who may play what. Called on the client's thread, so it may block; thread-safe. Who may
/// publish is decided by [id.pantau.media.hub.PublishPoints].
@FunctionalInterface
public interface RtmpAccess {
    /// Everybody may play everything.
    RtmpAccess OPEN = _ -> Verdict.ALLOWED;

    /// A user name and its password, from the query or the parameters of `connect`.
    record Login(String username, String password) {
        @Override
        public String toString() {
            return "Login[%s]".formatted(username);
        }
    }

    /// What a client asks for.
    ///
    /// @param path as for [RtmpCatalog#find]
    /// @param query decoded parameters of the URL, those of the stream before those of the
    ///   application; a name that comes twice has its first value
    /// @param encrypted whether it came by RTMPS
    record Asked(
            String path,
            Map<String, String> query,
            Optional<Login> login,
            boolean encrypted,
            InetSocketAddress peer) {
        public Asked {
            query = Map.copyOf(query);
        }

        @Override
        public String toString() {
            return "RTMP play of '%s' from %s".formatted(path, peer);
        }
    }

    enum Verdict {
        ALLOWED,
        /// Answered with `NetStream.Play.Failed`.
        UNAUTHORIZED,
        /// Answered with `NetStream.Play.StreamNotFound`, as if it did not exist.
        HIDDEN
    }

    Verdict check(Asked asked);
}
