package id.pantau.media.rtsp;

import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.time.Duration;

/// Tells the camera that somebody still watches, twice per session timeout, and never rarer than
/// every 30 s: firmwares exist that say 60 s and mean less.
final class KeepAlive {
    private static final long MAX_INTERVAL_NANOS = Duration.ofSeconds(30).toNanos();

    private final RtspDialogue dialogue;
    private final String url;
    private String method;
    private long nextNanos;
    private int cseq = -1;
    private boolean challenged;

    /// @param getParameter whether the camera's Public header lists GET_PARAMETER
    KeepAlive(RtspDialogue dialogue, String url, boolean getParameter, long nanoTime) {
        this.dialogue = dialogue;
        this.url = url;
        this.method = getParameter ? "GET_PARAMETER" : "OPTIONS";
        this.nextNanos = nanoTime + intervalNanos();
    }

    private long intervalNanos() {
        Duration timeout =
                dialogue.session()
                        .map(SessionHeader::timeoutOrDefault)
                        .orElse(SessionHeader.DEFAULT_TIMEOUT);
        return Math.min(timeout.toNanos() / 2, MAX_INTERVAL_NANOS);
    }

    void tick(long nanoTime) throws AttemptOverException, InterruptedException {
        if (nanoTime - nextNanos >= 0) {
            nextNanos = nanoTime + intervalNanos();
            challenged = false;
            cseq = dialogue.send(Request.of(method, url));
        }
    }

    /// Looks at an answer that came amid the media; answers to other requests are passed over.
    void answered(Response response, String where)
            throws AttemptOverException, InterruptedException {
        if (response.cseq().orElse(cseq) != cseq) {
            return;
        }
        switch (response.status()) {
            case 401 -> authenticateOnce(response, where);
            case 454 ->
                    throw new AttemptOverException(
                            Reason.CLOSED_BY_CAMERA, where + " no longer knows the session.");
            // A camera that lists a method and then refuses it still counts OPTIONS as life.
            case 404, 405, 451, 501, 551 -> method = "OPTIONS";
            default -> {} // nothing to be done about it; the media itself tells whether all is well
        }
    }

    private void authenticateOnce(Response response, String where)
            throws AttemptOverException, InterruptedException {
        if (challenged || !dialogue.acceptChallenge(response)) {
            throw new AttemptOverException(
                    Reason.UNAUTHORIZED,
                    where + " no longer accepts the login of the running session.");
        }
        challenged = true;
        cseq = dialogue.send(Request.of(method, url));
    }
}
