package id.pantau.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Codec;
import org.junit.jupiter.api.Test;

class LoudspeakerTest {
    /// As in ONVIF Streaming Specification §5.3.2.
    private static final String CAMERA =
            """
            v=0
            s=
            m=video 0 RTP/AVP 26
            a=control:video
            a=recvonly
            m=audio 0 RTP/AVP 0
            a=control:audio
            a=recvonly
            """;

    @Test
    void theFirstG711OfTheBackchannelIsTaken() {
        var found =
                Loudspeaker.find(
                        SessionDescription.parse(
                                CAMERA
                                        + """
                                        m=audio 0 RTP/AVP 97 107 0
                                        a=control:audioback
                                        a=rtpmap:97 mpeg4-generic/16000
                                        a=rtpmap:107 PCMA/8000/1
                                        a=sendonly
                                        """));
        assertThat(found.orElseThrow().codec()).isEqualTo(Codec.PCMA);
        assertThat(found.orElseThrow().payloadType()).isEqualTo(107);
        assertThat(found.orElseThrow().media().control()).contains("audioback");
    }

    @Test
    void otherRatesAndCodecsAreNoneOfIt() {
        var offer =
                SessionDescription.parse(
                        CAMERA
                                + """
                                m=audio 0 RTP/AVP 97 98
                                a=rtpmap:97 PCMU/16000
                                a=rtpmap:98 opus/48000/2
                                a=sendonly
                                """);
        assertThat(Loudspeaker.find(offer)).isEmpty();
        assertThat(Loudspeaker.list(offer)).hasSize(1);
    }

    @Test
    void aCameraWithoutOneHasNone() {
        assertThat(Loudspeaker.list(SessionDescription.parse(CAMERA))).isEmpty();
    }

    @Test
    void whoCallsEverythingSendonlyMeansWhatItSendsItself() {
        var offer = SessionDescription.parse(CAMERA.replace("recvonly", "sendonly"));
        assertThat(Loudspeaker.list(offer)).isEmpty();
    }
}
