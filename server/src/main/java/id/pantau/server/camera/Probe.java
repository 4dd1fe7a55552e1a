package id.pantau.server.camera;

import id.pantau.media.StreamEnd;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Plays a stream for a few seconds and says what it is, what is unusual about it, or why it does
/// not play and what to do. Keeps nothing.
public final class Probe {
    /// How long a stream without a second key frame is watched.
    private static final Duration WATCH = Duration.ofSeconds(8);

    /// The contract's 20 s, with room for closing the connection.
    private static final Duration PATIENCE = Duration.ofSeconds(17);

    private static final long STEP_MS = 50;

    private final StreamOpener opener;
    private final UrlRules rules;

    public Probe(StreamOpener opener, UrlRules rules) {
        this.opener = opener;
        this.rules = rules;
    }

    /// Takes up to 20 s.
    ///
    /// @param url as typed; credentials in it win over the two below
    /// @throws CameraException INVALID when the URL cannot be a camera's
    public ProbeReport run(
            String url,
            StreamTransport transport,
            @Nullable String username,
            @Nullable Secret password)
            throws InterruptedException {
        PastedUrl pasted = checked(url, transport);
        boolean own = pasted.username() != null;
        var source = new StreamSource(pasted.url(), transport);
        OpenedStream stream =
                opener.open(
                        source,
                        own ? pasted.username() : username,
                        own ? pasted.password() : password);
        return run(source, stream);
    }

    private PastedUrl checked(String url, StreamTransport transport) {
        try {
            PastedUrl pasted = PastedUrl.parse(url);
            rules.check(pasted.url(), transport);
            return pasted;
        } catch (UrlRules.UrlRefused refused) {
            throw new CameraException(
                    CameraException.Reason.INVALID,
                    refused.sentence(),
                    List.of(
                            new CameraException.FieldError(
                                    "url", refused.code(), refused.sentence())));
        }
    }

    private static ProbeReport run(StreamSource source, OpenedStream stream)
            throws InterruptedException {
        var watch = new ProbeWatch();
        var end = new AtomicReference<@Nullable StreamEnd>();
        var firstUnit = new CountDownLatch(1);
        Thread playing =
                Thread.ofVirtual()
                        .name("probe")
                        .start(() -> {
                            try {
                                end.set(
                                        stream.attempt()
                                                .run(signal -> {
                                                    watch.seen(signal, System.nanoTime());
                                                    firstUnit.countDown();
                                                }));
                            } catch (InterruptedException _) {
                                // seen enough, or for too long
                            } finally {
                                firstUnit.countDown();
                            }
                        });
        SessionFacts facts;
        try {
            long started = System.nanoTime();
            boolean flows = firstUnit.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Duration left = PATIENCE.minusNanos(System.nanoTime() - started);
            Duration most = left.compareTo(WATCH) < 0 ? left : WATCH;
            long deadline = System.nanoTime() + most.toNanos();
            while (flows
                    && !watch.seenEnough()
                    && System.nanoTime() < deadline
                    && !playing.join(Duration.ofMillis(STEP_MS))) {
                // until enough is seen, the time is up, or the stream has ended
            }
            facts = stream.facts().get();
        } finally {
            playing.interrupt();
            playing.join();
        }
        return report(source, watch, end.get(), facts);
    }

    private static ProbeReport report(
            StreamSource source, ProbeWatch watch, @Nullable StreamEnd end, SessionFacts facts) {
        if (!watch.seenAnything()) {
            StreamEnd failure = end == null ? nothingCame(source.url()) : end;
            return new ProbeReport(
                    failure,
                    StreamAdvice.of(failure.reason()),
                    null,
                    0,
                    0,
                    null,
                    source.transport(),
                    facts.server(),
                    List.of());
        }
        List<Duration> intervals = watch.keyFrameIntervals();
        double seconds = watch.mediaTime().toNanos() / 1e9;
        return new ProbeReport(
                null,
                null,
                watch.format,
                seconds > 0 && watch.pictures > 1 ? (watch.pictures - 1) / seconds : 0,
                seconds > 0 ? (long) (watch.bytes * 8 / seconds) : 0,
                intervals.isEmpty() ? null : intervals.getLast(),
                source.transport(),
                facts.server(),
                ProbeFindings.of(watch, source.transport(), facts, end));
    }

    private static StreamEnd nothingCame(URI url) {
        return new StreamEnd(
                StreamEnd.Reason.STALLED,
                "%s answered, but sent no picture within %d seconds"
                        .formatted(url.getHost(), PATIENCE.toSeconds()));
    }
}
