package id.pantau.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import id.pantau.media.rtsp.RtspAuthorization;
import id.pantau.testkit.OnvifAnswers.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A camera that speaks ONVIF on loopback: it moves, keeps presets, tells events, and refuses what
/// real ones refuse: the wrong password, a token whose time is more than 5 s off, a nonce used
/// twice, actions it does not have.
public final class OnvifSimulator implements AutoCloseable {
    private static final Duration TOKEN_TOLERANCE = Duration.ofSeconds(5);
    private static final String REALM = "simulated";
    private static final int LARGEST_REQUEST = 1 << 20;
    private static final int MOST_MESSAGES = 500;

    private static final String ENVELOPE =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="http://www.onvif.org/ver10/schema"\
             xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl"\
             xmlns:tr2="http://www.onvif.org/ver20/media/wsdl" xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl"\
             xmlns:timg="http://www.onvif.org/ver20/imaging/wsdl" xmlns:tev="http://www.onvif.org/ver10/events/wsdl"\
             xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:wsa="http://www.w3.org/2005/08/addressing"\
             xmlns:tns1="http://www.onvif.org/ver10/topics" xmlns:ter="http://www.onvif.org/ver10/error"\
             xmlns:wsrf-rw="http://docs.oasis-open.org/wsrf/rw-2"><env:Body>%s</env:Body></env:Envelope>\
            """;

    private final OnvifScript script;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final OnvifAnswers answers;
    private final Clock clock;
    private final OnvifResponder responder;
    private final AtomicInteger wrongPasswords = new AtomicInteger();
    private final ConcurrentMap<String, Boolean> usedNonces = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final Queue<byte[]> messages = new ConcurrentLinkedQueue<>();
    private final String nonce = UUID.randomUUID().toString();

    private OnvifSimulator(OnvifScript script, HttpServer server) throws IOException {
        this.script = script;
        this.server = server;
        this.clock = Clock.offset(Clock.systemUTC(), script.clockOffset());
        String named = script.namedHost() == null ? "127.0.0.1" : script.namedHost();
        String host = named + ':' + server.getAddress().getPort();
        this.answers = new OnvifAnswers(script, clock, host);
        this.responder = OnvifResponder.start("http://" + host + "/onvif/device_service");
        server.setExecutor(executor);
        server.createContext("/onvif/", this::handle);
        server.start();
    }

    public static OnvifSimulator start(OnvifScript script) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new OnvifSimulator(script, HttpServer.create(address, 0));
    }

    /// `127.0.0.1:port`, where its services are.
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// Where it answers probes sent to it alone.
    public InetSocketAddress discovery() {
        return responder.address();
    }

    /// Whether it has joined the multicast group too; not every machine lets it.
    public boolean inMulticastGroup() {
        return responder.inGroup();
    }

    /// Of its discovery answers.
    public String endpoint() {
        return responder.endpoint();
    }

    public double pan() {
        return answers.drive.position().pan();
    }

    public double tilt() {
        return answers.drive.position().tilt();
    }

    public double zoom() {
        return answers.drive.position().zoom();
    }

    public boolean moving() {
        return answers.drive.moving();
    }

    /// Names by token.
    public Map<String, String> presets() {
        var names = new LinkedHashMap<String, String>();
        answers.drive.presets().forEach((token, preset) -> names.put(token, preset.name()));
        return names;
    }

    /// `Brightness` and others, and `FocusSpeed` after the focus moved.
    public Map<String, Double> picture() {
        return Map.copyOf(answers.picture);
    }

    public int reboots() {
        return answers.reboots.get();
    }

    public int subscriptions() {
        return answers.events.count();
    }

    /// Ends every subscription, as a restart does.
    public void dropSubscriptions() {
        answers.events.forgetAll();
    }

    /// How often a password was refused.
    public int wrongPasswords() {
        return wrongPasswords.get();
    }

    /// How often an action was asked for, refused or not.
    public int asked(String action) {
        return asked.getOrDefault(action, new AtomicInteger()).get();
    }

    /// Every envelope heard and said so far, up to some hundreds.
    public List<byte[]> messages() {
        return List.copyOf(messages);
    }

    private void keep(byte[] envelope) {
        if (messages.size() < MOST_MESSAGES) {
            messages.add(envelope);
        }
    }

    /// Tells an event to every subscriber.
    ///
    /// @param topic `tns1:RuleEngine/CellMotionDetector/Motion`
    public void fire(String topic, boolean active) {
        answers.events.fire(topic, active);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] envelope = exchange.getRequestBody().readNBytes(LARGEST_REQUEST);
            OnvifRequest request;
            try {
                request = OnvifRequest.parse(envelope);
                keep(envelope);
            } catch (IllegalArgumentException _) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            asked.computeIfAbsent(request.action(), _ -> new AtomicInteger()).incrementAndGet();
            if (script.silent().contains(request.action())) {
                Thread.sleep(Duration.ofMinutes(1));
                return;
            }
            answer(exchange, request);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, OnvifRequest request)
            throws IOException, InterruptedException {
        try {
            if (!request.action().equals("GetSystemDateAndTime") && !letIn(exchange, request)) {
                challenge(exchange);
                return;
            }
            if (script.unsupported().contains(request.action())) {
                throw new Refusal(
                        "Receiver", "ter:ActionNotSupported", "Optional action not implemented");
            }
            send(exchange, 200, answers.answer(request));
        } catch (Refusal refusal) {
            send(exchange, 400, fault(refusal));
        } catch (NumberFormatException | DateTimeParseException e) {
            var refusal = new Refusal("Sender", "ter:WellFormed", String.valueOf(e.getMessage()));
            send(exchange, 400, fault(refusal));
        }
    }

    private boolean letIn(HttpExchange exchange, OnvifRequest request) {
        return switch (script.authentication()) {
            case NONE -> true;
            case TOKEN -> {
                checkToken(request);
                yield true;
            }
            case DIGEST_MD5, DIGEST_SHA256 -> {
                String header = exchange.getRequestHeaders().getFirst("Authorization");
                yield header != null && digestMatches(exchange, header);
            }
        };
    }

    private void checkToken(OnvifRequest request) {
        refuseIfLocked();
        String username = request.text("Username").orElse(null);
        if (username == null) {
            throw new Refusal("Sender", "ter:NotAuthorized", "Sender not authorized");
        }
        String created = request.text("Created").orElse("");
        Duration off = Duration.between(clock.instant(), Instant.parse(created)).abs();
        String used = request.text("Nonce").orElse("");
        if (off.compareTo(TOKEN_TOLERANCE) > 0 || usedNonces.put(used, true) != null) {
            throw new Refusal("Sender", "ter:NotAuthorized", "Sender not authorized");
        }
        String expected = tokenDigest(used, created);
        if (!username.equals(script.username())
                || !request.text("Password").orElse("").equals(expected)) {
            wrongPasswords.incrementAndGet();
            refuseIfLocked();
            throw new Refusal(
                    "Sender",
                    "ter:NotAuthorized",
                    "Sender not Authorized. Invalid username or password!");
        }
    }

    private void refuseIfLocked() {
        if (script.lockAfter() > 0 && wrongPasswords.get() >= script.lockAfter()) {
            throw new Refusal(
                    "Sender",
                    "ter:NotAuthorized",
                    "The account is locked, try again in 30 minutes");
        }
    }

    private String tokenDigest(String base64Nonce, String created) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(Base64.getDecoder().decode(base64Nonce));
            sha1.update((created + script.password()).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sha1.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean digestMatches(HttpExchange exchange, String header) {
        boolean right =
                RtspAuthorization.parse(header)
                        .filter(RtspAuthorization.Digest.class::isInstance)
                        .map(RtspAuthorization.Digest.class::cast)
                        .filter(digest -> digest.nonce().equals(nonce))
                        .filter(digest -> digest.realm().equals(REALM))
                        .filter(digest -> digest.username().equals(script.username()))
                        .filter(digest -> digest.uri().equals(exchange.getRequestURI().toString()))
                        .filter(digest -> digest.matches("POST", script.password()))
                        .isPresent();
        if (!right) {
            wrongPasswords.incrementAndGet();
        }
        return right;
    }

    private void challenge(HttpExchange exchange) throws IOException {
        String algorithm =
                script.authentication() == OnvifScript.Authentication.DIGEST_SHA256
                        ? "SHA-256"
                        : "MD5";
        exchange.getResponseHeaders()
                .put(
                        "WWW-Authenticate",
                        List.of(
                                "Digest realm=\"%s\", qop=\"auth\", nonce=\"%s\", algorithm=%s"
                                        .formatted(REALM, nonce, algorithm)));
        exchange.sendResponseHeaders(401, -1);
    }

    private static String fault(Refusal refusal) {
        String subcode = "";
        for (String code : List.of(refusal.subcodes.split(" ")).reversed()) {
            subcode =
                    "<env:Subcode><env:Value>%s</env:Value>%s</env:Subcode>"
                            .formatted(code, subcode);
        }
        return """
        <env:Fault><env:Code><env:Value>env:%s</env:Value>%s</env:Code><env:Reason>\
        <env:Text xml:lang="en">%s</env:Text></env:Reason></env:Fault>\
        """
                .formatted(
                        refusal.code,
                        subcode,
                        OnvifAnswers.escaped(String.valueOf(refusal.getMessage())));
    }

    private void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = ENVELOPE.formatted(body).getBytes(StandardCharsets.UTF_8);
        keep(bytes);
        exchange.getResponseHeaders().set("Content-Type", "application/soap+xml; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        responder.close();
        executor.shutdownNow();
        server.stop(0);
    }
}
