package id.pantau.server.camera;

import id.pantau.media.rtp.RtpStatistics;
import id.pantau.media.rtsp.RtspAttempt;
import id.pantau.media.rtsp.RtspTarget;
import id.pantau.media.rtsp.RtspTimeouts;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Opens cameras over RTSP. The rules are asked again at every attempt, because a name may point
/// somewhere else by now, and for every place a camera redirects to.
public final class RtspOpener implements StreamOpener {
    private final UrlRules rules;
    private final RtspTimeouts timeouts;
    private final Clock clock;

    public RtspOpener(UrlRules rules, RtspTimeouts timeouts, Clock clock) {
        this.rules = rules;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    @Override
    public OpenedStream open(
            StreamSource source, @Nullable String username, @Nullable Secret password) {
        var target =
                new RtspTarget(
                        source.url(),
                        username,
                        password == null ? null : password.reveal(),
                        source.transport() == StreamTransport.UDP
                                ? RtspTarget.Transport.UDP
                                : RtspTarget.Transport.TCP);
        var attempt =
                new RtspAttempt(
                        target, timeouts, url -> rules.findRefusal(url, source.transport()), clock);
        return new OpenedStream(attempt, () -> facts(attempt));
    }

    private static SessionFacts facts(RtspAttempt attempt) {
        RtpStatistics counts = attempt.statistics().orElse(null);
        return new SessionFacts(
                null,
                counts == null ? 0 : counts.packetsLost(),
                counts == null ? null : counts.cameraClockOffset().orElse(null),
                attempt.parameterSetsAnnounced().orElse(null));
    }
}
