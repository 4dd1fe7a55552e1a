package id.pantau.server.camera;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import id.pantau.vision.worker.PullRequest;
import id.pantau.vision.worker.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Opens streams through FFmpeg in the worker process. What kills that process three times in a row
/// is set aside until the camera is saved again, so that it does not take the others with it for
/// good. Thread-safe.
public final class CompatOpener implements CameraListener, AutoCloseable {
    private static final int MAX_KILLS = 3;

    /// What the worker is given. Two cameras with the same are the same to it.
    private record Pull(
            StreamSource source, @Nullable String username, @Nullable Secret password) {}

    private final UrlRules rules;
    private final WorkerProcess worker;
    private final Clock clock;
    private final Map<Pull, Integer> kills = new ConcurrentHashMap<>();
    private @Nullable CompatProxy proxy; // under the lock of this; started when first wanted

    /// @param worker stays the caller's
    public CompatOpener(UrlRules rules, WorkerProcess worker, Clock clock) {
        this.rules = rules;
        this.worker = worker;
        this.clock = clock;
    }

    /// As [StreamOpener#open], of a stream whose transport is [StreamTransport#COMPAT].
    public OpenedStream open(
            StreamSource source, @Nullable String username, @Nullable Secret password) {
        var pull = new Pull(source, username, password);
        return OpenedStream.of(sink -> {
            if (kills.getOrDefault(pull, 0) >= MAX_KILLS) {
                return new StreamEnd(
                        StreamEnd.Reason.SET_ASIDE,
                        "This stream has killed FFmpeg's process %d times in a row and is not tried"
                                        .formatted(MAX_KILLS)
                                + " until the camera is saved again.");
            }
            String refusal = rules.findRefusal(source.url(), StreamTransport.COMPAT).orElse(null);
            if (refusal != null) {
                return new StreamEnd(StreamEnd.Reason.URL_REFUSED, refusal);
            }
            CompatAttempt.Outcome outcome = run(pull, sink);
            if (outcome.killedTheWorker()) {
                kills.merge(pull, 1, Integer::sum);
            } else if (outcome.end().reason() != StreamEnd.Reason.READER_DIED) {
                kills.remove(pull); // else it was not tried, or another stream's doing
            }
            return outcome.end();
        });
    }

    private CompatAttempt.Outcome run(Pull pull, Consumer<StreamSignal> sink)
            throws InterruptedException {
        PullRequest request = request(pull);
        String host = pull.source().url().getHost();
        if (!pull.source().url().getScheme().startsWith("http")) {
            return new CompatAttempt(worker, request, host, clock).run(sink);
        }
        try (CompatProxy.Pass pass = proxy().pass()) {
            var attempt = new CompatAttempt(worker, request.through(pass.proxyUrl()), host, clock);
            CompatAttempt.Outcome outcome = attempt.run(sink);
            StreamEnd failure = pass.failure();
            // The proxy knows better than FFmpeg, which saw an HTTP error.
            return failure == null || outcome.end().reason() == StreamEnd.Reason.READER_DIED
                    ? outcome
                    : new CompatAttempt.Outcome(failure, false);
        } catch (IOException e) {
            throw new UncheckedIOException("no port of its own for the proxy", e);
        }
    }

    private synchronized CompatProxy proxy() throws IOException {
        if (proxy == null) {
            proxy = CompatProxy.start(rules);
        }
        return proxy;
    }

    @Override
    public synchronized void close() {
        if (proxy != null) {
            proxy.close();
        }
    }

    private static PullRequest request(Pull pull) {
        Secret password = pull.password();
        return PullRequest.of(
                pull.source().url().toString(),
                pull.username(),
                password == null ? null : password.reveal());
    }

    /// Whoever saves a camera wants it tried again.
    @Override
    public void cameraSet(Camera camera) {
        kills.keySet().removeIf(pull -> isOf(camera, pull));
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        cameraSet(camera);
    }

    private static boolean isOf(Camera camera, Pull pull) {
        return Objects.equals(camera.username(), pull.username())
                && Objects.equals(camera.password(), pull.password())
                && (pull.source().equals(camera.main()) || pull.source().equals(camera.sub()));
    }
}
