package id.pantau.media.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Damaged messages, interleaved streams and header values, held to [RtspProperties].
class RtspMutationTest {
    private static final String DESCRIBE =
            "RTSP/1.0 200 OK\r\nCSeq: 3\r\nSession: 7;timeout=60\r\n"
                    + "Content-Base: rtsp://h/a/\r\nContent-Length: 90\r\n\r\n"
                    + ScriptedCamera.SDP;

    private static final List<byte[]> SEEDS =
            List.of(
                    DESCRIBE.getBytes(UTF_8),
                    frames(),
                    "Digest realm=\"a\", nonce=\"b\", stale=FALSE, algorithm=MD5, qop=\"auth\""
                            .getBytes(UTF_8),
                    "Digest username=\"u\", realm=\"a\", nonce=\"b\", uri=\"c\", response=\"d\""
                            .getBytes(UTF_8),
                    "RTP/AVP;unicast;client_port=3456-3457;server_port=1-2;ssrc=0B6020AD;mode=play"
                            .getBytes(UTF_8),
                    "url=rtsp://h/t1;seq=35243;rtptime=717574556,url=t2;seq=1;ssrc=dcc4a0d8"
                            .getBytes(UTF_8),
                    "npt=0:02:03.5-600;time=19970123T143720Z".getBytes(UTF_8),
                    "smpte-25=10:07:00:00-10:07:33:05.01".getBytes(UTF_8),
                    "clock=19961108T142300.25Z-19961108T143520Z".getBytes(UTF_8),
                    "PLAY rtsp://h/a RTSP/1.0\r\nCSeq: 4\r\nRange: npt=0-\r\n folded\r\n\r\n"
                            .getBytes(UTF_8),
                    "user:p@ss/word@host:554/path?x=%41#y".getBytes(UTF_8));

    /// Each input goes through an input of its own, with a buffer of 64 KiB.
    static final Mutation.Bound BOUND = new Mutation.Bound(1 << 20, 1000);

    @Test
    void noDamageBreaksTheParsers() throws Exception {
        List<byte[]> seeds = new ArrayList<>(SEEDS);
        if (Samples.present()) {
            for (Path file : Samples.list("rtsp/cameras", ".txt")) {
                seeds.add(Samples.seed(file));
            }
        }
        new Mutation("rtsp", 11, seeds, BOUND).run(RtspProperties::check);
    }

    private static byte[] frames() {
        ByteBuffer bytes = ByteBuffer.allocate(200);
        bytes.put(ScriptedCamera.Visitor.frameBytes(0, 1));
        bytes.put("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n".getBytes(UTF_8));
        bytes.put(ScriptedCamera.Visitor.frameBytes(3, 2));
        return bytes.array();
    }
}
