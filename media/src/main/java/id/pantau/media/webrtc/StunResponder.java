package id.pantau.media.webrtc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// Answers connectivity checks as an ICE-lite agent does (RFC 8445 §7.3). Whoever names no session,
/// or has not its password, gets no answer: there is nothing to amplify and nothing to learn. One
/// for each thread that receives.
final class StunResponder {
    private final SessionTable sessions;
    private final TrafficCounters counters;
    private final Mac hmac;

    StunResponder(SessionTable sessions, TrafficCounters counters) {
        this.sessions = sessions;
        this.counters = counters;
        try {
            hmac = Mac.getInstance("HmacSHA1");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC-SHA1", e);
        }
    }

    /// @param packet one whole packet, from position to limit
    /// @return the session it belongs to, when it was a check that is right
    @Nullable PeerSession accept(ByteBuffer packet, PeerPath path) throws IOException {
        Optional<StunMessage> parsed = StunMessage.parse(packet);
        if (parsed.isEmpty() || parsed.get().type() != StunMessage.BINDING_REQUEST) {
            counters.strayPackets().increment();
            return null;
        }
        StunMessage request = parsed.get();
        PeerSession session = find(request.text(StunMessage.USERNAME));
        if (session == null || !isIntegral(request, session)) {
            counters.stunRejected().increment();
            return null;
        }
        // ICE-CONTROLLED from both sides would be a role conflict (§7.3.1.1); a lite agent is
        // controlled whatever the peer says, so that it is left aside.
        if (!session.heardOn(path, request.has(StunMessage.USE_CANDIDATE))) {
            counters.stunRejected().increment();
            return null;
        }
        path.send(request.success(path.remote(), hmac));
        return session;
    }

    private @Nullable PeerSession find(String username) {
        int colon = username.indexOf(':');
        return colon < 0 ? null : sessions.withUfrag(username.substring(0, colon));
    }

    private boolean isIntegral(StunMessage request, PeerSession session) {
        try {
            hmac.init(session.stunKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA1 takes no key", e);
        }
        return request.isIntegral(hmac);
    }
}
