package id.pantau.testkit;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.codec.G711;
import id.pantau.media.rtp.RtpPacket;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.rtsp.RtspTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The loudspeaker of a [ScriptedCamera]: an audio backchannel as ONVIF Streaming §5.3 has it,
/// which keeps what it hears. Thread-safe.
public final class Loudspeaker {
    private static final String FEATURE = "www.onvif.org/ver20/backchannel";
    private static final String SESSION = "loudspeaker";
    private static final int KEPT_PACKETS = 10_000;

    /// One RTP packet that came.
    ///
    /// @param timestamp in samples
    public record Heard(
            int payloadType, boolean marker, int sequence, long timestamp, Bytes payload) {}

    private final Codec codec;
    private final int payloadType;
    private final String encoding;
    private final List<Heard> heard = new ArrayList<>();
    private int sessions;

    /// @param encoding as in an rtpmap: `PCMU/8000`
    Loudspeaker(Codec codec, int payloadType, String encoding) {
        this.codec = codec;
        this.payloadType = payloadType;
        this.encoding = encoding;
    }

    /// Oldest first.
    public synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }

    /// The samples of all packets, 8 kHz.
    public synchronized short[] samples() {
        int size = heard.stream().mapToInt(one -> one.payload().size()).sum();
        short[] samples = new short[size];
        int at = 0;
        for (Heard one : heard) {
            for (byte code : one.payload().toArray()) {
                samples[at++] = (short) G711.decode(codec, code);
            }
        }
        return samples;
    }

    /// How many sessions play to it and have not said goodbye.
    public synchronized int sessions() {
        return sessions;
    }

    /// Whether the request is about the loudspeaker.
    static boolean isMeant(Request request) {
        return request.headers().all("Require").contains(FEATURE)
                || request.headers().first("Session").filter(SESSION::equals).isPresent();
    }

    static Response refusal() {
        return Response.of(551, "Option not supported").with("Unsupported", FEATURE);
    }

    /// What is answered in place of what a camera without a loudspeaker would; its refusals stay.
    synchronized Response answer(Request request, Response right) {
        if (right.status() == 401) {
            return right;
        }
        Response ok = Response.of(200, "OK").with("Session", SESSION + ";timeout=60");
        return switch (request.method()) {
            case "DESCRIBE" -> right.isSuccess() ? described(right) : right;
            case "SETUP" ->
                    ok.with(
                            "Transport",
                            request.headers()
                                    .first("Transport")
                                    .flatMap(RtspTransport::parse)
                                    .orElseThrow()
                                    .write());
            case "PLAY" -> {
                sessions++;
                yield ok;
            }
            case "TEARDOWN" -> {
                sessions--;
                yield ok;
            }
            default -> ok;
        };
    }

    private Response described(Response right) {
        String sdp =
                right.bodyText().replaceAll("(?m)^a=control:track\\d+\r\n", "$0a=recvonly\r\n")
                        + """
                        m=audio 0 RTP/AVP %1$d
                        a=rtpmap:%1$d %2$s
                        a=control:track9
                        a=sendonly
                        """
                                .formatted(payloadType, encoding)
                                .replace("\n", "\r\n");
        Bytes body = Bytes.of(sdp.getBytes(StandardCharsets.UTF_8));
        return new Response(right.status(), right.reason(), right.headers(), body);
    }

    synchronized void hear(ByteBuffer packet) {
        var view = new RtpPacket();
        if (!view.wrap(packet) || heard.size() == KEPT_PACKETS) {
            return;
        }
        heard.add(
                new Heard(
                        view.payloadType(),
                        view.marker(),
                        view.sequence(),
                        view.timestamp() & 0xffff_ffffL,
                        Bytes.of(view.payload())));
    }
}
