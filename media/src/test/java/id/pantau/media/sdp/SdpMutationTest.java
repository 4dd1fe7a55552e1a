package id.pantau.media.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import id.pantau.media.rtp.RtpReceiver;
import id.pantau.media.rtp.RtpTrack;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Damaged descriptions, up to the receivers that are made from them.
class SdpMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(2 << 20, 2000);

    private static final String WHOLE =
            """
            v=0
            o=- 1 1 IN IP4 192.0.2.1
            s=Media Server
            t=0 0
            a=control:*
            a=range:npt=now-
            m=video 0 RTP/AVP 96
            a=rtpmap:96 H264/90000
            a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z01AH+iAKALdgLUBAQFAAAD6QAAu4APGDESA,aOvvIA==
            a=control:trackID=0
            m=video 0 RTP/AVP 98
            a=rtpmap:98 H265/90000
            a=fmtp:98 sprop-vps=QAEMAf//AWAAAAMAAAMAAAMAAAMAlqwJ; sprop-sps=QgEB; sprop-pps=RAHA
            m=audio 0 RTP/AVP 97 0
            a=rtpmap:97 mpeg4-generic/44100/2
            a=fmtp:97 streamtype=5;mode=AAC-hbr;config=1210;SizeLength=13;IndexLength=3;IndexDeltaLength=3
            a=sendonly
            m=audio 0 RTP/AVP 99
            a=rtpmap:99 opus/48000/2
            """;

    @Test
    void noDamageToADescriptionBreaksWhoReadsIt() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(WHOLE.getBytes(UTF_8));
        if (Samples.present()) {
            for (Path file : Samples.list("rtsp/sdp", ".sdp")) {
                seeds.add(Samples.seed(file));
            }
        }
        new Mutation("sdp", 4, seeds, BOUND).run(SdpMutationTest::read);
    }

    private static void read(byte[] input) {
        SessionDescription description = SessionDescription.parse(new String(input, UTF_8));
        assertThat(SessionDescription.parse(description.write())).isEqualTo(description);
        TrackChoice.offered(description);
        List<RtpTrack> tracks =
                TrackChoice.choose(description).stream().map(TrackChoice::track).toList();
        if (tracks.isEmpty()) {
            return; // an attempt is over here, and says so
        }
        var receiver = new RtpReceiver(tracks, Clock.systemUTC(), _ -> {});
        for (int track = 0; track < tracks.size(); track++) {
            byte[] packet = new byte[60];
            packet[0] = (byte) 0x80;
            packet[1] = (byte) (0x80 | tracks.get(track).payloadType());
            packet[12] = 0x65;
            for (int i = 0; i < 3; i++) {
                packet[3] = (byte) i;
                packet[6] = (byte) (i << 4);
                receiver.rtp(track, ByteBuffer.wrap(packet.clone()));
            }
        }
    }
}
