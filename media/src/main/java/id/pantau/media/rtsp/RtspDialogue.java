package id.pantau.media.rtsp;

import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Requests and their answers on one connection: numbering, session, authentication, what the
/// camera asks in between. Not thread-safe.
final class RtspDialogue {
    private static final String AGENT = "Pantau";

    /// What a camera may ask of its client.
    private static final String OUR_METHODS = "OPTIONS, GET_PARAMETER, SET_PARAMETER, ANNOUNCE";

    /// How the bytes of a message leave: blocking before media flows, guarded while it does.
    interface Sender {
        void send(ByteBuffer bytes) throws AttemptOverException, InterruptedException;
    }

    private final RtspConnection connection;
    private final RtspInput input;
    private final RtspTimeouts timeouts;
    private final @Nullable RtspAuthentication authentication;
    private Sender sender;
    private int lastCseq;
    private @Nullable SessionHeader session;
    private boolean answeredOnce;

    RtspDialogue(
            RtspConnection connection,
            RtspInput input,
            RtspTimeouts timeouts,
            @Nullable RtspAuthentication authentication) {
        this.connection = connection;
        this.input = input;
        this.timeouts = timeouts;
        this.authentication = authentication;
        this.sender = connection::send;
    }

    void sendThrough(Sender next) {
        sender = next;
    }

    Optional<SessionHeader> session() {
        return Optional.ofNullable(session);
    }

    /// Sends a request and waits for its answer, authenticating when asked to.
    ///
    /// @throws AttemptOverException when no answer comes, or the camera insists on a login that was
    ///   wrong or is missing; any other status is the caller's to judge
    Response ask(Request request) throws AttemptOverException, InterruptedException {
        for (int tries = 1; ; tries++) {
            Response response = await(send(request), request.method());
            if (response.status() != 401) {
                return response;
            }
            authenticate(response, request.method(), tries);
        }
    }

    /// One try with the challenge that came, one more when only the nonce was too old. Cameras lock
    /// the account of those who try again and again.
    private void authenticate(Response response, String method, int tries)
            throws AttemptOverException {
        var challenges = RtspChallenge.parseAll(response.headers().all("WWW-Authenticate"));
        if (authentication == null) {
            throw unauthorized("%s asks for a user name and password.");
        }
        boolean stale = challenges.stream().anyMatch(RtspChallenge::isStale);
        if (tries > (stale ? 2 : 1)) {
            throw unauthorized("%s refuses the user name or password at " + method + ".");
        }
        if (!authentication.accept(challenges)) {
            List<String> schemes = challenges.stream().map(RtspChallenge::scheme).toList();
            throw unauthorized("%s asks for a login that is not supported " + schemes + ".");
        }
    }

    /// Takes the new challenge of a 401 that answers something sent without waiting.
    ///
    /// @return whether sending it again makes sense
    boolean acceptChallenge(Response response) {
        return authentication != null
                && authentication.accept(
                        RtspChallenge.parseAll(response.headers().all("WWW-Authenticate")));
    }

    private AttemptOverException unauthorized(String sentence) {
        return new AttemptOverException(
                Reason.UNAUTHORIZED, sentence.formatted(connection.where()));
    }

    /// Sends a request without waiting.
    ///
    /// @return its CSeq
    int send(Request request) throws AttemptOverException, InterruptedException {
        Request numbered = request.with("CSeq", Integer.toString(++lastCseq));
        if (authentication != null) {
            var answer = authentication.answer(request.method(), request.uri());
            if (answer.isPresent()) {
                numbered = numbered.with("Authorization", answer.get().write());
            }
        }
        numbered = numbered.with("User-Agent", AGENT);
        SessionHeader current = session;
        if (current != null) {
            numbered = numbered.with("Session", current.id());
        }
        sender.send(numbered.write());
        return lastCseq;
    }

    private Response await(int cseq, String method)
            throws AttemptOverException, InterruptedException {
        long start = System.nanoTime();
        long limit = timeouts.answer().toNanos();
        // A body that is announced longer than it is must not cost the whole time.
        long patience = Math.min(limit / 2, Duration.ofSeconds(2).toNanos());
        while (true) {
            Response response = takeAnswer(cseq);
            if (response != null) {
                return response;
            }
            refuseStrangers();
            long waited = System.nanoTime() - start;
            if (waited > patience && input.takeCutMessage()) {
                response = answerIn(input.message(), cseq);
                if (response != null) {
                    return response;
                }
            }
            if (waited > limit) {
                throw silent(method);
            }
            long until = waited < patience ? patience : limit;
            int waitMs = (int) Math.max(1, (until - waited) / 1_000_000 + 1);
            if (connection.fill(input, waitMs) < 0) {
                return lastWords(cseq, method);
            }
        }
    }

    private @Nullable Response takeAnswer(int cseq)
            throws AttemptOverException, InterruptedException {
        while (true) {
            switch (next()) {
                case FRAME -> {} // media before its PLAY is answered: the next key frame comes
                case MESSAGE -> {
                    Response response = answerIn(input.message(), cseq);
                    if (response != null) {
                        return response;
                    }
                }
                case NOTHING -> {
                    return null;
                }
            }
        }
    }

    /// @throws AttemptOverException instead of the input's own exception
    RtspInput.Found next() throws AttemptOverException {
        try {
            return input.next();
        } catch (MalformedRtspException e) {
            throw new AttemptOverException(
                    Reason.PROTOCOL_ERROR,
                    "%s sent %s.".formatted(connection.where(), e.getMessage()),
                    e);
        }
    }

    private @Nullable Response answerIn(RtspMessage message, int cseq)
            throws AttemptOverException, InterruptedException {
        return switch (message) {
            case Response response -> {
                OptionalInt number = response.cseq();
                boolean ours = number.isEmpty() || number.getAsInt() == cseq;
                yield ours ? received(response) : null; // the answer to an older request otherwise
            }
            case Request request -> {
                answer(request);
                yield null;
            }
        };
    }

    /// Notes what every answer may carry: the session and its timeout.
    Response received(Response response) {
        answeredOnce = true;
        response.headers()
                .first("Session")
                .flatMap(SessionHeader::parse)
                .ifPresent(header -> session = merged(header));
        return response;
    }

    /// An answer without a timeout does not take back one that was told.
    private SessionHeader merged(SessionHeader next) {
        SessionHeader before = session;
        boolean keeps = before != null && next.timeout() == null && before.id().equals(next.id());
        return keeps && before != null ? before : next;
    }

    /// Answers what the camera asks.
    void answer(Request request) throws AttemptOverException, InterruptedException {
        Response response =
                switch (request.method()) {
                    case "OPTIONS" -> Response.of(200, "OK").with("Public", OUR_METHODS);
                    case "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE" -> Response.of(200, "OK");
                    case "TEARDOWN", "REDIRECT" ->
                            throw new AttemptOverException(
                                    Reason.CLOSED_BY_CAMERA,
                                    "%s ended the session with %s."
                                            .formatted(connection.where(), request.method()));
                    default -> Response.of(501, "Not Implemented");
                };
        Optional<String> cseq = request.headers().first("CSeq");
        if (cseq.isPresent()) {
            response = response.with("CSeq", cseq.get());
        }
        sender.send(response.write());
    }

    private void refuseStrangers() throws AttemptOverException {
        if (!answeredOnce && (input.noise().contains("HTTP/") || input.skippedBytes() > 65_536)) {
            throw notRtsp();
        }
    }

    private AttemptOverException notRtsp() {
        return new AttemptOverException(
                Reason.NOT_RTSP,
                "%s does not speak RTSP: it says \"%s\"."
                        .formatted(connection.where(), input.noise()));
    }

    private AttemptOverException silent(String method) {
        if (!answeredOnce && input.skippedBytes() > 0) {
            return notRtsp();
        }
        return new AttemptOverException(
                Reason.NO_ANSWER,
                "%s is connected but did not answer %s within %s."
                        .formatted(
                                connection.where(), method, MediaWatch.seconds(timeouts.answer())));
    }

    /// The camera closed the connection: what it said before may be the answer, cut short.
    private Response lastWords(int cseq, String method)
            throws AttemptOverException, InterruptedException {
        Response response = input.takeCutMessage() ? answerIn(input.message(), cseq) : null;
        if (response != null) {
            return response;
        }
        if (!answeredOnce && input.skippedBytes() > 0) {
            throw notRtsp();
        }
        throw new AttemptOverException(
                Reason.CLOSED_BY_CAMERA,
                "%s closed the connection instead of answering %s."
                        .formatted(connection.where(), method));
    }
}
