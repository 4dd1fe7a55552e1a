package id.pantau.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import id.pantau.media.sdp.SessionDescription;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What an offer and a stream have in common.
class NegotiationTest {
    private static final String TRANSPORT =
            """
            c=IN IP4 0.0.0.0\r
            a=ice-ufrag:abcd\r
            a=ice-pwd:abcdefghijklmnopqrstuvwx\r
            a=fingerprint:sha-256 %s\r
            a=setup:actpass\r
            a=rtcp-mux\r
            """
                    .formatted("AB:".repeat(31) + "CD");

    /// As Chrome offers to receive.
    static final String CHROME =
            """
            v=0\r
            o=- 1 2 IN IP4 127.0.0.1\r
            s=-\r
            t=0 0\r
            a=group:BUNDLE 0 1 2\r
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8\r
            %1$sa=mid:0\r
            a=recvonly\r
            a=rtpmap:111 opus/48000/2\r
            a=fmtp:111 minptime=10;useinbandfec=1\r
            a=rtpmap:63 red/48000/2\r
            a=rtpmap:9 G722/8000\r
            a=rtpmap:0 PCMU/8000\r
            a=rtpmap:8 PCMA/8000\r
            m=video 9 UDP/TLS/RTP/SAVPF 96 97 103 104 107 108 109 114 39 40\r
            %1$sa=mid:1\r
            a=recvonly\r
            a=rtcp-rsize\r
            a=rtpmap:96 VP8/90000\r
            a=rtpmap:97 rtx/90000\r
            a=fmtp:97 apt=96\r
            a=rtpmap:103 H264/90000\r
            a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f\r
            a=rtpmap:104 rtx/90000\r
            a=fmtp:104 apt=103\r
            a=rtpmap:107 H264/90000\r
            a=fmtp:107 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42001f\r
            a=rtpmap:108 rtx/90000\r
            a=fmtp:108 apt=107\r
            a=rtpmap:109 H264/90000\r
            a=fmtp:109 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r
            a=rtpmap:114 H264/90000\r
            a=fmtp:114 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=4d001f\r
            a=rtpmap:39 AV1/90000\r
            a=rtpmap:40 rtx/90000\r
            a=fmtp:40 apt=39\r
            m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r
            %1$sa=mid:2\r
            a=sctp-port:5000\r
            """
                    .formatted(TRANSPORT);

    private static final AudioFormat PCMU = new AudioFormat(Codec.PCMU, 8000, 1, Bytes.EMPTY);

    @Test
    void theProfileOfTheStreamIsTakenWhereItIsOffered() throws Exception {
        assertThat(videoType(play(CHROME, h264("42c01f", 0), null))).isEqualTo(109);
        assertThat(videoType(play(CHROME, h264("42001f", 0), null))).isEqualTo(103);
        assertThat(videoType(play(CHROME, h264("4d0029", 0), null))).isEqualTo(114);
    }

    @Test
    void aProfileNobodyNamesGoesToTheAblestDecoderAndIsRemarked() throws Exception {
        Agreement agreement = play(CHROME, h264("640029", 0), null);
        assertThat(videoType(agreement)).isEqualTo(114);
        assertThat(kinds(agreement)).containsExactly(AnswerFacts.Kind.PROFILE_NOT_OFFERED);
    }

    @Test
    void retransmissionsAreTakenWhereOffered() throws Exception {
        assertThat(video(play(CHROME, h264("42001f", 0), null)).retransmission()).isEqualTo(104);
        assertThat(video(play(CHROME, h264("42c01f", 0), null)).retransmission()).isNull();
    }

    @Test
    void g711AndOpusArePassedThroughAndAacIsSaidToBeMissing() throws Exception {
        Agreement plain = play(CHROME, h264("42001f", 0), PCMU);
        assertThat(audioType(plain)).isZero();
        assertThat(plain.facts()).isEqualTo(new AnswerFacts(Codec.H264, Codec.PCMU, List.of()));
        var opus = new AudioFormat(Codec.OPUS, 48_000, 1, Bytes.EMPTY);
        assertThat(audioType(play(CHROME, h264("42001f", 0), opus))).isEqualTo(111);
        var aac = new AudioFormat(Codec.AAC, 16_000, 1, Bytes.ofHex("1408"));
        Agreement silent = play(CHROME, h264("42001f", 0), aac);
        assertThat(silent.audio()).isNull();
        assertThat(kinds(silent)).containsExactly(AnswerFacts.Kind.AUDIO_CODEC_NOT_PLAYABLE);
        var wide = new AudioFormat(Codec.PCMA, 16_000, 1, Bytes.EMPTY);
        assertThat(kinds(play(CHROME, h264("42001f", 0), wide)))
                .containsExactly(AnswerFacts.Kind.AUDIO_CODEC_NOT_PLAYABLE);
    }

    @Test
    void soundThatIsNotAskedForIsRemarked() throws Exception {
        String video = CHROME.replace("m=audio 9", "m=audio 0");
        assertThat(kinds(play(video, h264("42001f", 0), PCMU)))
                .containsExactly(AnswerFacts.Kind.AUDIO_NOT_OFFERED);
    }

    @Test
    void picturesOutOfOrderAreRemarked() throws Exception {
        assertThat(kinds(play(CHROME, h264("42001f", 2), null)))
                .containsExactly(AnswerFacts.Kind.PICTURES_REORDERED);
    }

    @Test
    void anOfferWithoutTheCodecIsRefusedWithBothNames() {
        String none = CHROME.replace("H264/90000", "VP9/90000");
        assertThatThrownBy(() -> play(none, h264("42001f", 0), null))
                .isInstanceOf(Negotiation.NothingInCommon.class)
                .hasMessageContaining("H.264")
                .hasMessageContaining("VP8");
        String modeZero = CHROME.replace("packetization-mode=1", "packetization-mode=0");
        assertThatThrownBy(() -> play(modeZero, h264("42001f", 0), null))
                .isInstanceOf(Negotiation.NothingInCommon.class);
        var hevc = new VideoFormat(Codec.H265, 64, 64, 0, 0, List.of(), List.of(), List.of());
        assertThatThrownBy(() -> play(CHROME, hevc, null))
                .isInstanceOf(Negotiation.NothingInCommon.class)
                .hasMessageContaining("H.265");
        assertThatThrownBy(
                        () -> play(CHROME.replace("recvonly", "sendonly"), h264("42001f", 0), null))
                .isInstanceOf(Negotiation.NothingInCommon.class);
    }

    @Test
    void h265IsTakenWhereItIsOffered() throws Exception {
        var hevc = new VideoFormat(Codec.H265, 64, 64, 0, 0, List.of(), List.of(), List.of());
        assertThat(videoType(play(CHROME.replace("39 AV1/", "39 H265/"), hevc, null)))
                .isEqualTo(39);
    }

    @Test
    void aPublisherIsTakenAtItsFirstCodecThatWeCarry() throws Exception {
        Agreement agreement =
                Negotiation.toPublish(Offer.parse(CHROME.replace("recvonly", "sendonly")));
        assertThat(videoType(agreement)).isEqualTo(103);
        assertThat(audioType(agreement)).isEqualTo(111);
        String vp8 = CHROME.replace("recvonly", "sendonly").replace("H264/", "VP9/");
        assertThatThrownBy(() -> Negotiation.toPublish(Offer.parse(vp8)))
                .isInstanceOf(Negotiation.NothingInCommon.class)
                .hasMessageContaining("VP8, VP9, AV1");
    }

    @Test
    void theAnswerRefusesWhatIsNotTakenAndNamesEveryCandidateOnce() throws Exception {
        Agreement agreement = play(CHROME, h264("42001f", 0), PCMU);
        var host = InetAddress.getByName("192.0.2.1");
        String sdp =
                AnswerText.write(
                        agreement,
                        new IceCredentials("uuuu", "pppppppppppppppppppppppp"),
                        "sha-256 AA",
                        List.of(
                                new HostCandidate(host, 7000, false),
                                new HostCandidate(host, 7001, true)));
        SessionDescription answer = SessionDescription.parse(sdp);
        assertThat(answer.attribute("group")).contains("BUNDLE 0 1");
        assertThat(answer.attribute("ice-lite")).isPresent();
        assertThat(answer.media()).hasSize(3);
        assertThat(answer.media().get(2).port()).isEqualTo("0");
        assertThat(answer.media().get(1).attribute("rtcp-rsize")).isPresent();
        assertThat(answer.media().get(1).formats()).containsExactly("103", "104");
        assertThat(answer.media().get(1).attribute("ssrc-group")).isPresent();
        assertThat(sdp).containsOnlyOnce("typ host tcptype passive");
        assertThat(sdp).containsOnlyOnce("udp 2130706431 192.0.2.1 7000 typ host\r\n");
        assertThat(SessionDescription.parse(answer.write())).isEqualTo(answer);
    }

    @Test
    void offersThatLackWhatTheTransportNeedsAreMalformed() {
        for (String broken :
                List.of(
                        "",
                        "hello",
                        "v=0\r\n",
                        CHROME.replace("a=ice-ufrag:", "a=x:"),
                        CHROME.replace("a=ice-pwd:", "a=x:"),
                        CHROME.replace("sha-256", "sha-1"),
                        CHROME.replace("AB:", "ZZ:"),
                        CHROME.replace("a=setup:actpass", "a=setup:passive"),
                        CHROME.replace("a=mid:1", "a=mid:0"),
                        CHROME + "a=x\r\n".repeat(5000))) {
            assertThatThrownBy(() -> Offer.parse(broken)).isInstanceOf(Offer.Malformed.class);
        }
        String unmuxed = CHROME.replace("a=rtcp-mux", "a=x");
        assertThatThrownBy(() -> play(unmuxed, h264("42001f", 0), null))
                .isInstanceOf(Negotiation.NothingInCommon.class);
    }

    static VideoFormat h264(String profileLevelId, int reorderDepth) {
        return new VideoFormat(
                Codec.H264,
                64,
                64,
                25,
                reorderDepth,
                List.of(),
                List.of(Bytes.ofHex("67" + profileLevelId)),
                List.of(Bytes.ofHex("68")));
    }

    private static Agreement play(String offer, VideoFormat video, @Nullable AudioFormat audio)
            throws Exception {
        return Negotiation.toPlay(Offer.parse(offer), new StreamFormat(video, audio));
    }

    static int videoType(Agreement agreement) {
        return video(agreement).payload().payloadType();
    }

    static int audioType(Agreement agreement) {
        return Objects.requireNonNull(agreement.audio()).payload().payloadType();
    }

    static AgreedTrack video(Agreement agreement) {
        return Objects.requireNonNull(agreement.video());
    }

    private static List<AnswerFacts.Kind> kinds(Agreement agreement) {
        return agreement.remarks().stream().map(AnswerFacts.Remark::kind).toList();
    }
}
