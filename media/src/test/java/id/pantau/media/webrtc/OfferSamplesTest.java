package id.pantau.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import id.pantau.media.Codec;
import id.pantau.media.Samples;
import id.pantau.media.StreamFormat;
import id.pantau.media.sdp.Direction;
import id.pantau.media.sdp.MediaDescription;
import id.pantau.media.sdp.PayloadFormat;
import id.pantau.media.sdp.SessionDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Offers of browsers, OBS and devices, and a fuzzer's corpus.
@Tag("samples")
class OfferSamplesTest {
    @TestFactory
    Stream<DynamicTest> everyDescriptionReadsAsExpected() throws IOException {
        return Samples.list("webrtc/sdp", ".sdp").stream()
                .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        String text = Samples.text(file);
        JsonNode expected =
                Samples.json(Path.of(file.toString().replaceFirst("\\.sdp$", ".expected.json")));
        SessionDescription read = SessionDescription.parse(text);
        assertThat(SessionDescription.parse(read.write())).isEqualTo(read);
        assertThat(read.media()).hasSize(expected.get("media").size());
        for (int i = 0; i < read.media().size(); i++) {
            JsonNode one = expected.get("media").get(i);
            MediaDescription media = read.media().get(i);
            assertThat(media.kind()).isEqualTo(text(one, "media").orElse(""));
            assertThat(media.protocol()).isEqualTo(text(one, "proto").orElse(""));
            same(read, media, "mid", text(one, "mid"));
            same(read, media, "setup", text(one, "setup"));
            same(read, media, "ice-ufrag", text(one, "iceUfrag"));
            same(read, media, "ice-pwd", text(one, "icePwd"));
            same(read, media, "fingerprint", text(one, "fingerprint"));
            assertThat(media.attribute("rtcp-mux").isPresent())
                    .isEqualTo(one.get("rtcpMux").asBoolean());
            text(one, "direction")
                    .ifPresent(said ->
                            assertThat(media.direction().or(read::direction))
                                    .contains(Direction.valueOf(said.toUpperCase(Locale.ROOT))));
            codecs(read, media, one.get("codecs"));
        }
        readsOrRefuses(text);
    }

    private static void codecs(SessionDescription read, MediaDescription media, JsonNode expected) {
        List<PayloadFormat> payloads = read.payloads(media);
        for (JsonNode one : expected) {
            if (one.get(0).isNumber() && one.get(0).asInt() < 128 && !one.get(1).isNull()) {
                PayloadFormat payload =
                        payloads.stream()
                                .filter(each -> each.payloadType() == one.get(0).asInt())
                                .findFirst()
                                .orElseThrow();
                assertThat(payload.encoding()).isEqualTo(one.get(1).asString());
                assertThat(payload.clockRateHz()).isEqualTo(one.get(2).asInt());
            }
        }
    }

    private static void same(
            SessionDescription read,
            MediaDescription media,
            String attribute,
            Optional<String> expected) {
        expected.ifPresent(said ->
                assertThat(media.attribute(attribute).or(() -> read.attribute(attribute)))
                        .contains(said));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.hasNonNull(name) ? Optional.of(node.get(name).asString()) : Optional.empty();
    }

    @Test
    void obsPublishesH264AndOpus() throws Exception {
        Agreement agreement =
                Negotiation.toPublish(
                        Offer.parse(
                                Samples.text(
                                        Samples.folder("webrtc/sdp")
                                                .resolve("obs-whip-offer.sdp"))));
        assertThat(agreement.facts()).isEqualTo(new AnswerFacts(Codec.H264, Codec.OPUS, List.of()));
        assertThat(NegotiationTest.videoType(agreement)).isEqualTo(96);
    }

    @Test
    void aBrowserOnAPhoneSendsH264WithRetransmissions() throws Exception {
        Offer offer =
                Offer.parse(
                        Samples.text(
                                Samples.folder("webrtc/sdp")
                                        .resolve("chromium-android-offer.sdp")));
        Agreement agreement = Negotiation.toPublish(offer);
        assertThat(NegotiationTest.videoType(agreement)).isEqualTo(100);
        assertThat(NegotiationTest.video(agreement).retransmission()).isEqualTo(101);
        assertThat(NegotiationTest.audioType(agreement)).isEqualTo(111);
    }

    @Test
    void theCorpusOfAFuzzerIsReadOrRefused() throws IOException {
        List<byte[]> corpus =
                Samples.corpus(Samples.folder("webrtc/fuzz").resolve("janus-sdp_fuzzer.jsonl"));
        assertThat(corpus).hasSizeGreaterThan(20);
        for (byte[] one : corpus) {
            String text = new String(one, StandardCharsets.UTF_8);
            readsOrRefuses(text);
            SessionDescription read = SessionDescription.parse(text);
            assertThat(SessionDescription.parse(read.write())).isEqualTo(read);
        }
    }

    /// @return whether it is an offer
    static boolean readsOrRefuses(String text) {
        Offer offer;
        try {
            offer = Offer.parse(text);
        } catch (Offer.Malformed e) {
            assertThat(e).hasMessageContaining("the offer");
            return false;
        }
        for (boolean plays : new boolean[] {true, false}) {
            try {
                Agreement agreement =
                        plays
                                ? Negotiation.toPlay(
                                        offer,
                                        new StreamFormat(NegotiationTest.h264("42001f", 0), null))
                                : Negotiation.toPublish(offer);
                String answer =
                        AnswerText.write(
                                agreement, new IceCredentials("u", "p"), "sha-256 AA", List.of());
                assertThat(SessionDescription.parse(answer).media())
                        .hasSize(offer.sections().size());
            } catch (Negotiation.NothingInCommon e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        return true;
    }
}
