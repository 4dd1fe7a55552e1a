package id.pantau.media.rtsp;

import id.pantau.media.net.PendingConnections.Pending;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What one client may play, asked once per path. The reading thread's own.
final class ServerRights {
    private static final int MAX_REFUSALS = 16;

    private final RtspServer server;
    private final String nonce;
    private final InetSocketAddress peer;
    private final Pending pending;
    private final Set<String> allowedPaths = new HashSet<>();
    private int refusals;

    /// @param pending settled when the client is allowed something
    ServerRights(RtspServer server, String nonce, InetSocketAddress peer, Pending pending) {
        this.server = server;
        this.nonce = nonce;
        this.peer = peer;
        this.pending = pending;
    }

    sealed interface Found {
        record Here(RtspSource source) implements Found {}

        record Refused(Response answer) implements Found {}
    }

    /// What this client's challenges hold and its answers must.
    String nonce() {
        return nonce;
    }

    /// Whether the client guesses on and on.
    boolean isExhausted() {
        return refusals >= MAX_REFUSALS;
    }

    void countRefusal() {
        refusals++;
    }

    /// Rights first: who has none does not learn what exists.
    Found find(Request request, RequestTarget target) {
        if (!allowedPaths.contains(target.path())) {
            switch (server.access().check(asked(request, target))) {
                case ALLOWED -> {
                    allowedPaths.add(target.path());
                    pending.settle();
                }
                case UNAUTHORIZED -> {
                    return new Found.Refused(unauthorized());
                }
                case HIDDEN -> {
                    refusals++;
                    return new Found.Refused(Response.of(404, "Not Found"));
                }
            }
        }
        return server.catalog()
                .find(target.path())
                .<Found>map(Found.Here::new)
                .orElseGet(() -> new Found.Refused(Response.of(404, "Not Found")));
    }

    private RtspAccess.Asked asked(Request request, RequestTarget target) {
        Optional<RtspAuthorization> authorization =
                request.headers().first("Authorization").flatMap(RtspAuthorization::parse);
        return new RtspAccess.Asked(
                request.method(), target.path(), target.query(), authorization, nonce, peer);
    }

    private Response unauthorized() {
        refusals++;
        Response answer = Response.of(401, "Unauthorized");
        for (RtspChallenge challenge : server.access().challenges(nonce)) {
            answer = answer.with("WWW-Authenticate", challenge.write());
        }
        return answer;
    }
}
