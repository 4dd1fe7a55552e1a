package id.pantau.media.rtsp;

import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.sdp.Loudspeaker;
import id.pantau.media.sdp.SessionDescription;
import id.pantau.media.sdp.TrackChoice;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The conversation of one connection up to PLAY: what the camera can do, what it offers, which of
/// it is wanted and how it travels.
final class RtspPull implements Closeable {
    private static final int OPTION_NOT_SUPPORTED = 551;

    private final RtspConnection connection;
    private final RtspDialogue dialogue;
    private final String url;
    private final boolean overUdp;
    private final @Nullable String feature;
    private final List<PulledTrack> tracks = new ArrayList<>();
    private final List<UdpPorts> ports = new ArrayList<>();
    private String sessionUrl;
    private String base;

    RtspPull(RtspConnection connection, RtspDialogue dialogue, URI url, boolean overUdp) {
        this(connection, dialogue, url, overUdp, null);
    }

    private RtspPull(
            RtspConnection connection,
            RtspDialogue dialogue,
            URI url,
            boolean overUdp,
            @Nullable String feature) {
        this.connection = connection;
        this.dialogue = dialogue;
        this.url = withoutUser(url);
        this.overUdp = overUdp;
        this.feature = feature;
        this.base = this.url;
        this.sessionUrl = this.url;
    }

    /// A conversation that asks for a feature with every request that matters (RFC 2326 §12.32).
    /// Cameras without it answer 551, or as if nothing had been asked.
    static RtspPull requiring(
            String feature, RtspConnection connection, RtspDialogue dialogue, URI url) {
        return new RtspPull(connection, dialogue, url, false, feature);
    }

    private Request request(String method, String uri) {
        Request request = Request.of(method, uri);
        return feature == null ? request : request.with("Require", feature);
    }

    private static String withoutUser(URI url) {
        String text = url.toString();
        String user = url.getRawUserInfo();
        return user == null ? text : text.replace(user + '@', "");
    }

    /// What DESCRIBE leads to.
    sealed interface Described {
        record Offer(SessionDescription description) implements Described {}

        record Elsewhere(String location) implements Described {}
    }

    /// The methods of the Public header; empty when the camera does not say. Cameras that know no
    /// OPTIONS exist, and work.
    Set<String> options() throws AttemptOverException, InterruptedException {
        Response response = dialogue.ask(Request.of("OPTIONS", url));
        return response.headers().all("Public").stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(method -> method.strip().toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// An offer of nothing when the feature that is asked for is not there.
    Described describe(RtspInput input) throws AttemptOverException, InterruptedException {
        Request request = request("DESCRIBE", url).with("Accept", SessionDescription.CONTENT_TYPE);
        Response response = dialogue.ask(request);
        Optional<String> location = response.headers().first("Location");
        if (response.status() / 100 == 3 && location.isPresent()) {
            return new Described.Elsewhere(location.get());
        }
        if (feature != null && response.status() == OPTION_NOT_SUPPORTED) {
            return new Described.Offer(SessionDescription.EMPTY);
        }
        require(response, "DESCRIBE");
        base =
                RtspUrl.base(
                        response.headers().first("Content-Base").orElse(null),
                        response.headers().first("Content-Location").orElse(null),
                        url);
        String text = response.bodyText() + input.takeStrayText();
        SessionDescription description = SessionDescription.parse(text);
        sessionUrl = RtspUrl.control(base, description.control().orElse(null));
        return new Described.Offer(description);
    }

    /// Sets up what is wanted of an offer. Video that fails ends the attempt; sound that fails is
    /// left away.
    List<PulledTrack> setUp(SessionDescription offer)
            throws AttemptOverException, InterruptedException {
        if (offer.media().isEmpty()) {
            throw new AttemptOverException(
                    Reason.PROTOCOL_ERROR, connection.where() + " describes no media at all.");
        }
        List<TrackChoice> choices = TrackChoice.choose(offer);
        if (choices.isEmpty()) {
            throw new AttemptOverException(
                    Reason.UNSUPPORTED_CODEC,
                    "%s offers %s; none of it can be recorded."
                            .formatted(connection.where(), TrackChoice.offered(offer)));
        }
        for (TrackChoice choice : choices) {
            Response response = setUp(choice);
            boolean needed = tracks.isEmpty();
            if (needed || response.isSuccess()) {
                require(response, "SETUP");
                tracks.add(agreed(choice, response));
            }
        }
        return List.copyOf(tracks);
    }

    /// Sets up the way for sound to the camera.
    ///
    /// @return the channel that RTP goes on
    int setUp(Loudspeaker loudspeaker) throws AttemptOverException, InterruptedException {
        String control = RtspUrl.control(base, loudspeaker.media().control().orElse(null));
        RtspTransport wanted = RtspTransport.interleaved(0);
        Response response =
                dialogue.ask(request("SETUP", control).with("Transport", wanted.write()));
        require(response, "SETUP");
        RtspTransport.Pair said =
                response.headers()
                        .first("Transport")
                        .flatMap(RtspTransport::parse)
                        .map(RtspTransport::interleaved)
                        .orElse(null);
        return said != null && said.rtp() < 256 ? said.rtp() : 0;
    }

    private Response setUp(TrackChoice choice) throws AttemptOverException, InterruptedException {
        String control = RtspUrl.control(base, choice.media().control().orElse(null));
        RtspTransport wanted = RtspTransport.interleaved(2 * tracks.size());
        if (overUdp) {
            try {
                UdpPorts opened = UdpPorts.open();
                ports.add(opened);
                wanted = RtspTransport.udp(opened.numbers());
            } catch (IOException e) {
                throw new AttemptOverException(
                        Reason.UNREACHABLE, "No UDP port is free: " + e.getMessage() + ".", e);
            }
        }
        return dialogue.ask(request("SETUP", control).with("Transport", wanted.write()));
    }

    private PulledTrack agreed(TrackChoice choice, Response response) throws AttemptOverException {
        RtspTransport answer =
                response.headers()
                        .first("Transport")
                        .flatMap(RtspTransport::parse)
                        .orElse(RtspTransport.interleaved(2 * tracks.size()));
        boolean datagrams = !answer.isInterleaved() && answer.serverPort() != null;
        if (datagrams != overUdp && (datagrams || answer.interleaved() != null)) {
            throw new AttemptOverException(
                    Reason.PROTOCOL_ERROR,
                    "%s wants to send over %s, which was not asked for."
                            .formatted(connection.where(), datagrams ? "UDP" : "TCP"));
        }
        return new PulledTrack(
                choice.track(), channels(answer), overUdp ? ports.getLast() : null, answer);
    }

    /// The channels the camera says, unless it says none or the same ones twice.
    private RtspTransport.Pair channels(RtspTransport answer) {
        var wanted = new RtspTransport.Pair(2 * tracks.size(), 2 * tracks.size() + 1);
        RtspTransport.Pair said = answer.interleaved();
        boolean taken = tracks.stream().anyMatch(track -> track.channels().equals(said));
        boolean usable = said != null && said.rtp() < 256 && said.rtcp() < 256 && !taken;
        return usable && said != null ? said : wanted;
    }

    void play() throws AttemptOverException, InterruptedException {
        require(dialogue.ask(request("PLAY", sessionUrl).with("Range", "npt=0.000-")), "PLAY");
    }

    /// Says goodbye without waiting for an answer.
    void tearDown() throws AttemptOverException, InterruptedException {
        dialogue.send(Request.of("TEARDOWN", sessionUrl));
    }

    /// The URL of the session as a whole.
    String sessionUrl() {
        return sessionUrl;
    }

    private void require(Response response, String method) throws AttemptOverException {
        if (response.isSuccess()) {
            return;
        }
        Reason reason =
                switch (response.status()) {
                    case 401, 403 -> Reason.UNAUTHORIZED;
                    case 404, 410 -> Reason.NOT_FOUND;
                    default -> Reason.PROTOCOL_ERROR;
                };
        String said = response.reason().replaceAll("[^ -~]", "");
        throw new AttemptOverException(
                reason,
                "%s answers %s of %s with %d %s."
                        .formatted(
                                connection.where(),
                                method,
                                RtspUrl.redact(url),
                                response.status(),
                                said.substring(0, Math.min(60, said.length()))));
    }

    @Override
    public void close() {
        ports.forEach(UdpPorts::close);
    }
}
