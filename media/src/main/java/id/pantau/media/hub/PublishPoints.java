package id.pantau.media.hub;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Predicate;

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
    /// @param proof that the publisher has the stream key. Never logged
    record Request(Protocol protocol, String name, Proof proof, InetSocketAddress peer) {
        /// With the key itself; empty when none was given.
        public Request(Protocol protocol, String name, String key, InetSocketAddress peer) {
            this(protocol, name, new Proof.Shown(key), peer);
        }

        /// The key itself; empty when it was not given, or proved by [Proof.Answered].
        public String key() {
            return proof instanceof Proof.Shown(String key) ? key : "";
        }

        @Override
        public String toString() {
            return "%s publish of '%s' from %s".formatted(protocol, name, peer);
        }
    }

    /// How a publisher shows that it has the stream key.
    sealed interface Proof {
        /// Whether it is that key which the publisher has.
        boolean isOf(String key);

        /// @param key as the publisher gave it
        record Shown(String key) implements Proof {
            @Override
            public boolean isOf(String other) {
                return MessageDigest.isEqual(
                        key.getBytes(StandardCharsets.UTF_8),
                        other.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public String toString() {
                return "Shown[***]";
            }
        }

        /// An answer to a challenge (RFC 7616), from which the key cannot be read.
        ///
        /// @param madeWith whether it was made with a key
        record Answered(Predicate<String> madeWith) implements Proof {
            @Override
            public boolean isOf(String key) {
                return madeWith.test(key);
            }
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
