package id.pantau.media.rtsp;

import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.hub.SignalSink;
import id.pantau.media.hub.StreamAttempt;
import id.pantau.media.rtp.RtpStatistics;
import id.pantau.media.rtp.RtpTrack;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One RTSP session with a camera, from OPTIONS to TEARDOWN. Blocks the thread that runs it, which
/// may be virtual; an interrupt closes the connection at once.
///
/// `rtsps` accepts every certificate, because cameras sign their own: it hides the stream from
/// listeners and does not prove whose camera it is. It is always interleaved, since UDP would leave
/// the tunnel.
public final class RtspAttempt implements StreamAttempt {
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);

    private final RtspTarget target;
    private final RtspTimeouts timeouts;
    private final UrlPolicy policy;
    private final Clock clock;
    private final PacketReceiver.Factory receivers;
    private final Duration reportEvery;
    private volatile @Nullable PacketReceiver receiver; // written by the running thread
    private volatile @Nullable Boolean parameterSetsAnnounced;

    public RtspAttempt(RtspTarget target, RtspTimeouts timeouts, Clock clock) {
        this(target, timeouts, UrlPolicy.ANY, clock);
    }

    /// @param policy asked for the target and for every place it redirects to
    public RtspAttempt(RtspTarget target, RtspTimeouts timeouts, UrlPolicy policy, Clock clock) {
        this(target, timeouts, policy, clock, PacketReceiver::ofRtp, REPORT_EVERY);
    }

    RtspAttempt(
            RtspTarget target,
            RtspTimeouts timeouts,
            UrlPolicy policy,
            Clock clock,
            PacketReceiver.Factory receivers,
            Duration reportEvery) {
        this.target = target;
        this.timeouts = timeouts;
        this.policy = policy;
        this.clock = clock;
        this.receivers = receivers;
        this.reportEvery = reportEvery;
    }

    /// What the session has counted so far; empty before it plays. Any thread may ask.
    public Optional<RtpStatistics> statistics() {
        return Optional.ofNullable(receiver).flatMap(PacketReceiver::statistics);
    }

    /// Whether the session description held the video's parameter sets; empty before it came, or
    /// without video. Any thread may ask.
    public Optional<Boolean> parameterSetsAnnounced() {
        return Optional.ofNullable(parameterSetsAnnounced);
    }

    @Override
    public StreamEnd run(SignalSink sink) throws InterruptedException {
        var visit = new RtspVisit(target, timeouts, policy);
        try {
            return visit.run((url, connection, input, dialogue) -> {
                boolean udp = target.transport() == RtspTarget.Transport.UDP && !RtspUrl.isTls(url);
                try (var pull = new RtspPull(connection, dialogue, url, udp)) {
                    return pull(connection, input, dialogue, pull, sink);
                }
            });
        } catch (AttemptOverException e) {
            return e.end();
        }
    }

    /// @return where the camera redirects to; every other end is thrown
    private RtspVisit.Outcome<StreamEnd> pull(
            RtspConnection connection,
            RtspInput input,
            RtspDialogue dialogue,
            RtspPull pull,
            SignalSink sink)
            throws AttemptOverException, InterruptedException {
        Set<String> methods = pull.options();
        return switch (pull.describe(input)) {
            case RtspPull.Described.Elsewhere(String location) ->
                    new RtspVisit.Outcome.Elsewhere<>(location);
            case RtspPull.Described.Offer(var description) -> {
                List<PulledTrack> tracks = pull.setUp(description);
                throw receive(connection, input, dialogue, pull, methods, tracks, sink);
            }
        };
    }

    private static boolean announcesParameterSets(RtpTrack video) {
        return video.fmtp().containsKey("sprop-parameter-sets") // RFC 6184 §8.1
                || video.fmtp().containsKey("sprop-sps"); // RFC 7798 §7.1
    }

    private AttemptOverException receive(
            RtspConnection connection,
            RtspInput input,
            RtspDialogue dialogue,
            RtspPull pull,
            Set<String> methods,
            List<PulledTrack> tracks,
            SignalSink sink)
            throws InterruptedException {
        List<RtpTrack> formats = tracks.stream().map(PulledTrack::track).toList();
        boolean hasVideo =
                formats.stream()
                        .map(RtpTrack::codec)
                        .map(Codec::kind)
                        .anyMatch(MediaKind.VIDEO::equals);
        var watch = new MediaWatch(sink, timeouts, hasVideo);
        formats.stream()
                .filter(track -> track.codec().kind() == MediaKind.VIDEO)
                .findFirst()
                .ifPresent(track -> parameterSetsAnnounced = announcesParameterSets(track));
        PacketReceiver taking = receivers.create(formats, clock, watch);
        receiver = taking;
        try {
            pull.play();
            long now = System.nanoTime();
            watch.start(now);
            var keepAlive =
                    new KeepAlive(
                            dialogue, pull.sessionUrl(), methods.contains("GET_PARAMETER"), now);
            var pace = Playback.Pace.of(timeouts, reportEvery);
            var playback =
                    new Playback(connection, dialogue, watch, keepAlive, taking, tracks, pace);
            if (tracks.getFirst().ports() == null) {
                dialogue.sendThrough(bytes -> connection.send(bytes, timeouts.answer()));
                new InterleavedPlayback(playback, connection, input, timeouts.answer()).run();
            } else {
                new UdpPlayback(playback, connection, input, dialogue, pull).run();
            }
            throw new AssertionError("a playback ends by throwing why");
        } catch (AttemptOverException e) {
            sayGoodbye(pull, e);
            return e;
        } catch (RuntimeException e) {
            // Media nobody foresaw ends this attempt; it must not end the thread that makes the
            // next one.
            return new AttemptOverException(
                    Reason.PROTOCOL_ERROR,
                    "Media of %s cannot be understood: %s.".formatted(connection.where(), e),
                    e);
        }
    }

    /// Cameras count sessions, and some have only two: where the connection still stands, the
    /// session is given back.
    private static void sayGoodbye(RtspPull pull, AttemptOverException end)
            throws InterruptedException {
        switch (end.end().reason()) {
            case STALLED, NO_KEY_FRAME, PACKET_LOSS, PROTOCOL_ERROR, UNAUTHORIZED -> {
                try {
                    pull.tearDown();
                } catch (AttemptOverException _) {
                    // it has ended anyway
                }
            }
            default -> {} // no connection to say it on
        }
    }
}
