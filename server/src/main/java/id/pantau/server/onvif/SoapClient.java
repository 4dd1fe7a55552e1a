package id.pantau.server.onvif;

import id.pantau.server.onvif.OnvifException.Category;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks one device, and shows it who asks in the way it wants. Thread-safe.
final class SoapClient {
    static final Duration PATIENCE = Duration.ofSeconds(8);

    /// Each kind of refusal is answered once; more rounds than kinds there are.
    private static final int MOST_ROUNDS = 6;

    private static final int OK = 200;

    /// One request.
    ///
    /// @param action what is asked, for sentences: `GetProfiles`
    /// @param actionUri for the Content-Type and, with a header, WS-Addressing
    /// @param header contents of the SOAP header, may be empty
    record Request(String action, String actionUri, String header, String body, Duration timeout) {
        static Request of(Service service, String action, String body) {
            return new Request(action, service.namespace() + '/' + action, "", body, PATIENCE);
        }
    }

    private final AddressRules rules;
    private final Clock clock;
    private final @Nullable Credentials credentials;
    private final SignOn signOn = new SignOn();
    private volatile @Nullable Duration offset;

    SoapClient(AddressRules rules, Clock clock, @Nullable Credentials credentials) {
        this.rules = rules;
        this.clock = clock;
        this.credentials = credentials;
    }

    /// How far the device's clock is ahead of ours; empty when it does not tell.
    Optional<Duration> offset() {
        return Optional.ofNullable(offset);
    }

    /// Asks for the device's time, which needs no sign-on by the standard (ONVIF Core §5.9.4), and
    /// takes the offset from it.
    ///
    /// @throws OnvifException when nothing that speaks ONVIF is there
    void readClock(DeviceAddress device) {
        String asked = "GetSystemDateAndTime";
        var request = Request.of(Service.DEVICE, asked, "<tds:GetSystemDateAndTime/>");
        long sentAtMs = clock.millis();
        Reply reply = ask(device, request, new SignOn.Shown.Nothing());
        long halfWayMs = (sentAtMs + clock.millis()) / 2;
        Faults refusal = reply.refusal();
        if (refusal != null) {
            boolean aboutWho =
                    refusal.category() == Category.NOT_AUTHORISED
                            || refusal.category() == Category.LOCKED_OUT;
            if (!reply.soap() && !aboutWho) {
                throw Soap.notOnvif(device.authority(), refusal.reason());
            }
            offset = null; // some devices tell nobody; the offset stays unknown
            return;
        }
        offset =
                DeviceClock.read(reply.body())
                        .map(time -> Duration.ofMillis(time.toEpochMilli() - halfWayMs))
                        .orElse(null);
    }

    /// @return the response element
    /// @throws OnvifException with what the device says is wrong
    XmlElement call(DeviceAddress service, DeviceAddress device, Request request) {
        SignOn.Attempt attempt = signOn.begin();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Reply reply = ask(service, request, attempt.shown());
            Faults refusal = reply.refusal();
            if (refusal == null) {
                attempt.accepted();
                return reply.body();
            }
            OnvifException failure = refusal.exception(service.authority(), request.action());
            boolean aboutWho =
                    switch (failure.category()) {
                        case NOT_AUTHORISED, CLOCK_WRONG -> true;
                        case LOCKED_OUT,
                                NOT_SUPPORTED,
                                REQUEST_REFUSED,
                                NOT_ONVIF,
                                TIMEOUT,
                                UNREACHABLE,
                                ADDRESS_REFUSED ->
                                false;
                    };
            if (!aboutWho) {
                throw failure;
            }
            if (credentials == null) {
                throw failure;
            }
            if (!attempt.retry(reply.challenge())
                    && !(attempt.retryByClock() && clockMoved(device))) {
                attempt.gaveUp(failure);
                throw failure;
            }
        }
        throw new OnvifException(
                Category.NOT_AUTHORISED,
                "%s keeps asking who we are.".formatted(service.authority()));
    }

    private boolean clockMoved(DeviceAddress device) {
        Duration before = offset;
        readClock(device);
        Duration now = offset;
        return before != null
                && now != null
                && now.minus(before).abs().compareTo(DeviceClock.NOTICEABLE) > 0;
    }

    /// @param refusal null when it is an answer
    /// @param soap whether it was SOAP at all
    private record Reply(
            XmlElement body,
            @Nullable Faults refusal,
            boolean soap,
            Optional<HttpDigest> challenge) {}

    private Reply ask(DeviceAddress service, Request request, SignOn.Shown shown) {
        HttpAnswer answer = post(service, request, shown);
        Optional<HttpDigest> challenge =
                answer.status() == 401
                        ? HttpDigest.of(answer.header("www-authenticate"))
                        : Optional.empty();
        XmlElement body;
        try {
            body = Soap.body(answer.body(), service.authority());
        } catch (OnvifException e) {
            if (answer.status() == OK) {
                throw e;
            }
            var nothing = new XmlElement("", "", Map.of(), List.of(), "");
            return new Reply(nothing, Faults.ofStatus(answer.status()), false, challenge);
        }
        if (body.name().equals("Fault")) {
            Faults faults = Faults.of(body);
            Faults refusal = answer.status() == 401 ? notAuthorised(faults) : faults;
            return new Reply(body, refusal, true, challenge);
        }
        Faults refusal = answer.status() == 401 ? Faults.ofStatus(401) : null;
        return new Reply(body, refusal, true, challenge);
    }

    /// With HTTP 401 it is about who asks, whatever the fault says.
    private static Faults notAuthorised(Faults faults) {
        return switch (faults.category()) {
            case NOT_AUTHORISED, LOCKED_OUT, CLOCK_WRONG -> faults;
            case NOT_SUPPORTED, REQUEST_REFUSED, NOT_ONVIF, TIMEOUT, UNREACHABLE, ADDRESS_REFUSED ->
                    new Faults(List.of("NotAuthorized"), faults.reason());
        };
    }

    private HttpAnswer post(DeviceAddress service, Request request, SignOn.Shown shown) {
        InetAddress to = rules.allow(service.host(), service.port());
        String header = request.header();
        String authorization = null;
        Credentials who = credentials;
        if (who != null) {
            switch (shown) {
                case SignOn.Shown.Nothing _ -> {} // first without
                case SignOn.Shown.Token _ ->
                        header += UsernameToken.header(who, clock.instant().plus(offsetOrZero()));
                case SignOn.Shown.Digest(HttpDigest digest) ->
                        authorization = digest.answer(who, service.path());
            }
        }
        String type =
                "application/soap+xml; charset=utf-8; action=\"%s\"".formatted(request.actionUri());
        byte[] body = Soap.envelope(header, request.body());
        String where = service.authority();
        try {
            return HttpExchange.post(to, service, type, authorization, body, request.timeout());
        } catch (HttpAnswer.BadAnswerException e) {
            throw Soap.notOnvif(where, String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException e) {
            throw new OnvifException(
                    Category.TIMEOUT,
                    "%s gave no whole answer to %s within %d s."
                            .formatted(where, request.action(), request.timeout().toSeconds()),
                    e);
        } catch (IOException e) {
            throw new OnvifException(
                    Category.UNREACHABLE,
                    "No connection to %s (%s). Is the camera on, and is this its ONVIF port?"
                            .formatted(where, Soap.shortened(String.valueOf(e.getMessage()))),
                    e);
        }
    }

    private Duration offsetOrZero() {
        Duration known = offset;
        return known == null ? Duration.ZERO : known;
    }
}
