package id.pantau.media.rtsp;

import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.StreamAttempt;
import id.pantau.media.rtp.RtpStatistics;
import id.pantau.media.rtp.RtpTrack;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One RTSP session with a camera, from OPTIONS to TEARDOWN. Blocks the thread that runs it, which
/// may be virtual; an interrupt closes the connection at once.
///
/// `rtsps` accepts every certificate, because cameras sign their own: it hides the stream from
/// listeners and does not prove whose camera it is. It is always interleaved, since UDP would leave
/// the tunnel.
public final class RtspAttempt implements StreamAttempt {
    private static final int MAX_REDIRECTS = 3;
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
    public StreamEnd run(Consumer<StreamSignal> sink) throws InterruptedException {
        try {
            URI url = target.url();
            for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
                url = next(url, pullFrom(url, sink));
            }
            return new StreamEnd(
                    Reason.PROTOCOL_ERROR,
                    "%s redirects more than %d times."
                            .formatted(target.url().getHost(), MAX_REDIRECTS));
        } catch (AttemptOverException e) {
            return e.end();
        }
    }

    /// Why a redirection ended with a login is not seen at the place it led to.
    private String pullFrom(URI url, Consumer<StreamSignal> sink)
            throws AttemptOverException, InterruptedException {
        try {
            return pull(url, sink);
        } catch (AttemptOverException e) {
            if (e.end().reason() != Reason.UNAUTHORIZED || isOfTarget(url)) {
                throw e;
            }
            String host = target.url().getHost();
            throw new AttemptOverException(
                    Reason.UNAUTHORIZED,
                    "%s redirects to %s, which wants a login; the one given is for %s only."
                            .formatted(host, url.getHost(), host),
                    e);
        }
    }

    private static URI next(URI from, String location) throws AttemptOverException {
        URI to;
        try {
            to = RtspUrl.parse(RtspUrl.absolute(from, location)).url();
        } catch (IllegalArgumentException e) {
            throw new AttemptOverException(
                    Reason.URL_REFUSED,
                    "%s redirects to where nothing is pulled from: %s."
                            .formatted(from.getHost(), e.getMessage()));
        }
        if (RtspUrl.isTls(from) && !RtspUrl.isTls(to)) {
            throw new AttemptOverException(
                    Reason.URL_REFUSED, from.getHost() + " redirects from TLS to no TLS.");
        }
        return to;
    }

    /// @return where the camera redirects to; every other end is thrown
    private String pull(URI url, Consumer<StreamSignal> sink)
            throws AttemptOverException, InterruptedException {
        checkAllowed(url);
        boolean overUdp = target.transport() == RtspTarget.Transport.UDP && !RtspUrl.isTls(url);
        var input = new RtspInput();
        try (var connection = RtspConnection.open(url, timeouts.connect())) {
            var dialogue = new RtspDialogue(connection, input, timeouts, login(url));
            try (var pull = new RtspPull(connection, dialogue, url, overUdp)) {
                Set<String> methods = pull.options();
                switch (pull.describe(input)) {
                    case RtspPull.Described.Elsewhere(String location) -> {
                        return location;
                    }
                    case RtspPull.Described.Offer(var description) -> {
                        List<PulledTrack> tracks = pull.setUp(description);
                        throw receive(connection, input, dialogue, pull, methods, tracks, sink);
                    }
                }
            }
        }
    }

    private void checkAllowed(URI url) throws AttemptOverException {
        Optional<String> refusal = RtspUrl.refusal(url);
        if (refusal.isPresent()) {
            throw new AttemptOverException(
                    Reason.URL_REFUSED,
                    "%s is refused: %s.".formatted(RtspUrl.redact(url.toString()), refusal.get()));
        }
        Optional<String> forbidden = policy.refusal(url);
        if (forbidden.isPresent()) {
            String from =
                    url.equals(target.url())
                            ? ""
                            : "%s redirects to where it must not: "
                                    .formatted(target.url().getHost());
            throw new AttemptOverException(Reason.URL_REFUSED, from + forbidden.get());
        }
    }

    private static boolean announcesParameterSets(RtpTrack video) {
        return video.fmtp().containsKey("sprop-parameter-sets") // RFC 6184 §8.1
                || video.fmtp().containsKey("sprop-sps"); // RFC 7798 §7.1
    }

    /// The login is for the host it was given for. Another one that this redirects to gets nothing
    /// of it, not even a digest, from which a weak password could be guessed at leisure.
    private @Nullable RtspAuthentication login(URI url) {
        String username = target.username();
        String password = target.password();
        return username == null || username.isEmpty() || !isOfTarget(url)
                ? null
                : new RtspAuthentication(username, password == null ? "" : password);
    }

    private boolean isOfTarget(URI url) {
        return url.getHost().equalsIgnoreCase(target.url().getHost());
    }

    private AttemptOverException receive(
            RtspConnection connection,
            RtspInput input,
            RtspDialogue dialogue,
            RtspPull pull,
            Set<String> methods,
            List<PulledTrack> tracks,
            Consumer<StreamSignal> sink)
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
