package id.pantau.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Capture;
import id.pantau.media.Codec;
import id.pantau.media.Samples;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.sdp.SessionDescription;
import id.pantau.media.sdp.TrackChoice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A player and a VLC server overheard: six whole dialogues and the end of a seventh. Their media
/// went over UDP and is not in the capture.
@Tag("samples")
class CapturedDialogueTest {
    @Test
    void everyWordOfBothSidesIsUnderstood() throws IOException {
        Map<Capture.Flow, byte[]> streams =
                Capture.read(Samples.folder("rtp-bitstreams").resolve("pcap/rtsp.pcap")).streams();
        int dialogues = 0;
        for (Capture.Flow flow : streams.keySet()) {
            byte[] answers = streams.get(flow.reverse());
            if (flow.destinationPort() == 8554 && answers != null) {
                dialogues++;
                check(messages(streams.get(flow)), messages(answers));
            }
        }
        assertThat(dialogues).isEqualTo(6);
    }

    private static void check(List<RtspMessage> requests, List<RtspMessage> answers) {
        assertThat(requests.size()).isBetween(answers.size(), answers.size() + 1);
        assertThat(requests.stream().map(one -> ((Request) one).method()))
                .startsWith("OPTIONS", "DESCRIBE", "SETUP", "SETUP", "PLAY");
        for (int i = 0; i < answers.size(); i++) {
            var request = (Request) requests.get(i);
            var answer = (Response) answers.get(i);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.cseq()).isEqualTo(request.cseq());
            switch (request.method()) {
                case "DESCRIBE" -> checkDescription(answer);
                case "SETUP" ->
                        assertThat(transport(answer).clientPort())
                                .isNotNull()
                                .isEqualTo(transport(request).clientPort());
                case "PLAY" -> {
                    assertThat(RtspRange.parse(header(request, "Range"))).isPresent();
                    assertThat(RtspRange.parse(header(answer, "Range"))).isPresent();
                    assertThat(RtpInfo.parseAll(header(answer, "RTP-Info")))
                            .hasSize(2)
                            .noneMatch(info -> info.seq() == null || info.rtptime() == null);
                }
                default -> {}
            }
        }
    }

    private static void checkDescription(Response answer) {
        List<TrackChoice> choices = TrackChoice.choose(SessionDescription.parse(answer.bodyText()));
        assertThat(choices.stream().map(one -> one.track().codec()))
                .containsExactlyInAnyOrder(Codec.H264, Codec.AAC);
    }

    private static RtspTransport transport(RtspMessage message) {
        return RtspTransport.parse(header(message, "Transport")).orElseThrow();
    }

    private static String header(RtspMessage message, String name) {
        return message.headers().first(name).orElseThrow();
    }

    private static List<RtspMessage> messages(byte[] stream) throws IOException {
        var input = new RtspInput();
        var bytes = new ByteArrayInputStream(stream);
        List<RtspMessage> messages = new ArrayList<>();
        while (input.fill(bytes) >= 0) {
            for (var found = input.next(); found != RtspInput.Found.NOTHING; found = input.next()) {
                assertThat(found).isEqualTo(RtspInput.Found.MESSAGE);
                messages.add(input.message());
            }
        }
        assertThat(input.skippedBytes()).isZero();
        return messages;
    }
}
