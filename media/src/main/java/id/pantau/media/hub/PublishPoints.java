package id.pantau.media.hub;

import java.net.InetSocketAddress;

/// Where streams arrive that are pushed to us (RTMP, WHIP, RTSP RECORD). The protocol servers ask
/// here before they take any media. Called on the publisher's thread, so it may block; thread-safe.
@FunctionalInterface
public interface PublishPoints {
    /// Never throws for what a publisher sent: a wrong key is an [Answer.Refused].
    Answer open(Request request);

    enum Protocol {
        RTMP,
        RTSP,
        WHIP
    }

    /// What a publisher asks for.
    ///
    /// @param name of the stream, as the publisher's URL gives it: `cam1`; empty when the URL holds
    ///   the key alone
    /// @param key the stream key; empty when none was given. Never logged
    record Request(Protocol protocol, String name, String key, InetSocketAddress peer) {
        @Override
        public String toString() {
            return "%s publish of '%s' from %s".formatted(protocol, name, peer);
        }
    }

    sealed interface Answer {
        /// The publisher has the stream until it closes the publication.
        record Open(Publication publication) implements Answer {}

        /// @param detail one English sentence for the log and, where the protocol has room, for the
        ///   publisher; does not tell a wrong key from an unknown stream
        record Refused(Reason reason, String detail) implements Answer {}
    }

    enum Reason {
        /// No such stream, or not with this key.
        UNAUTHORIZED,
        /// Somebody else publishes it now.
        BUSY,
        /// The camera is disabled.
        DISABLED
    }
}
