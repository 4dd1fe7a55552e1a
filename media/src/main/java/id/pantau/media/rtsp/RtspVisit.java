package id.pantau.media.rtsp;

import id.pantau.media.StreamEnd.Reason;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The way to a target: asks the policy before every connection, signs on, and goes where a camera
/// redirects to, at most three times.
final class RtspVisit {
    private static final int MAX_REDIRECTS = 3;

    /// What comes of a stay at one address.
    sealed interface Outcome<T> {
        record Done<T>(T result) implements Outcome<T> {}

        record Elsewhere<T>(String location) implements Outcome<T> {}
    }

    /// What is done on one connection, which is closed behind it.
    interface Stay<T> {
        Outcome<T> at(URI url, RtspConnection connection, RtspInput input, RtspDialogue dialogue)
                throws AttemptOverException, InterruptedException;
    }

    private final RtspTarget target;
    private final RtspTimeouts timeouts;
    private final UrlPolicy policy;

    RtspVisit(RtspTarget target, RtspTimeouts timeouts, UrlPolicy policy) {
        this.target = target;
        this.timeouts = timeouts;
        this.policy = policy;
    }

    <T> T run(Stay<T> stay) throws AttemptOverException, InterruptedException {
        URI url = target.url();
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            switch (stayAt(url, stay)) {
                case Outcome.Done<T>(T result) -> {
                    return result;
                }
                case Outcome.Elsewhere<T>(String location) -> url = next(url, location);
            }
        }
        throw new AttemptOverException(
                Reason.PROTOCOL_ERROR,
                "%s redirects more than %d times."
                        .formatted(target.url().getHost(), MAX_REDIRECTS));
    }

    /// Why a redirection ended with a login is not seen at the place it led to.
    private <T> Outcome<T> stayAt(URI url, Stay<T> stay)
            throws AttemptOverException, InterruptedException {
        checkAllowed(url);
        var input = new RtspInput();
        try (var connection = RtspConnection.open(url, timeouts.connect())) {
            var dialogue = new RtspDialogue(connection, input, timeouts, login(url));
            return stay.at(url, connection, input, dialogue);
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
}
