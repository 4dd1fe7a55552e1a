package id.pantau.server.camera;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamHub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at a stream for some seconds as one more reader of its hub. A stream that runs costs its
/// camera nothing more, which matters for those that allow few connections; one that rests is
/// pulled as for a viewer, and let go like after one.
final class StreamCheck {
    /// How long a stream without a second key frame is watched.
    private static final Duration WATCH = Duration.ofSeconds(8);

    /// Until the first picture; with a later [#WATCH] it stays below the contract's 20 s.
    private static final Duration PATIENCE = Duration.ofSeconds(11);

    private static final Duration STEP = Duration.ofMillis(50);

    /// What came of it.
    ///
    /// @param format null when it does not play
    record Seen(@Nullable StreamFormat format, List<Finding> findings) {
        Seen {
            findings = List.copyOf(findings);
        }
    }

    private final CameraStreams streams;
    private final CameraId camera;
    private final StreamName name;
    private final StreamSource source;

    StreamCheck(CameraStreams streams, CameraId camera, StreamName name, StreamSource source) {
        this.streams = streams;
        this.camera = camera;
        this.name = name;
        this.source = source;
    }

    /// Takes up to 19 s.
    ///
    /// @return empty when the stream was switched off or changed meanwhile
    /// @throws CameraException NOT_FOUND
    Optional<Seen> run() throws InterruptedException {
        long lostBefore = streams.facts(camera, name).packetsLost();
        var watch = new ProbeWatch();
        StreamEnd end;
        boolean behind;
        try (StreamLease lease = streams.watch(camera, name);
                HubReader reader =
                        lease.hub()
                                .subscribe(
                                        "check",
                                        HubReader.Limits.RECORDER,
                                        StreamHub.Start.NEWEST_KEY_FRAME)) {
            end = watch(watch, reader);
            behind = reader.dropped() > 0;
        }
        if (end != null && end.reason() == StreamEnd.Reason.STOPPED) {
            return Optional.empty();
        }
        if (!watch.seenAnything()) {
            return Optional.of(new Seen(null, List.of(down(end == null ? nothingCame() : end))));
        }
        if (behind) {
            watch.gaps = 0; // this reader was too slow; the stream has no hole
        }
        SessionFacts facts = since(lostBefore, streams.facts(camera, name));
        return Optional.of(
                new Seen(watch.format, ProbeFindings.of(watch, source.transport(), facts, end)));
    }

    /// @return why the stream ended or does not begin; null when it goes on, or when nothing came
    private @Nullable StreamEnd watch(ProbeWatch watch, HubReader reader)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean flows = false;
        while (!watch.seenEnough() && System.nanoTime() < deadline) {
            StreamSignal signal = reader.poll(STEP);
            if (signal instanceof StreamSignal.Ended(StreamEnd end)) {
                return end;
            }
            if (signal != null) {
                watch.seen(signal, System.nanoTime());
            }
            if (!flows && watch.seenAnything()) {
                flows = true;
                deadline = System.nanoTime() + WATCH.toNanos();
            }
            if (signal == null && !flows) {
                StreamState state = state();
                if (state.phase() == StreamState.Phase.DISABLED) {
                    return new StreamEnd(StreamEnd.Reason.STOPPED, "switched off");
                }
                if (state.isAway()) {
                    return state.lastEnd() == null ? notPublished() : state.lastEnd();
                }
            }
        }
        return null;
    }

    private StreamState state() {
        return streams.state(camera, name);
    }

    /// A stream that has run for weeks has lost some packets; what counts is what it loses now.
    private static SessionFacts since(long lostBefore, SessionFacts facts) {
        long lost = facts.packetsLost();
        return new SessionFacts(
                facts.server(),
                lost < lostBefore ? lost : lost - lostBefore, // less: the session is another one
                facts.clockOffset(),
                facts.parameterSetsAnnounced());
    }

    private static Finding down(StreamEnd end) {
        boolean waits = end.reason() == StreamEnd.Reason.NOT_PUBLISHED;
        return new Finding(
                "stream.down",
                waits ? Finding.Severity.INFO : Finding.Severity.ERROR,
                StreamAdvice.sentence(end),
                Map.of("reason", end.reason().name()));
    }

    /// One that is published is away without an end until its first publisher came.
    private static StreamEnd notPublished() {
        return new StreamEnd(StreamEnd.Reason.NOT_PUBLISHED, "nobody publishes this stream now");
    }

    private StreamEnd nothingCame() {
        return state().phase() == StreamState.Phase.STREAMING
                ? new StreamEnd(
                        StreamEnd.Reason.NO_KEY_FRAME,
                        "no key frame came within %d seconds".formatted(PATIENCE.toSeconds()))
                : new StreamEnd(
                        StreamEnd.Reason.STALLED,
                        "no picture came within %d seconds".formatted(PATIENCE.toSeconds()));
    }
}
