package id.pantau.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Messages and headers of real cameras.
@Tag("samples")
class RtspSamplesTest {
    @TestFactory
    Stream<DynamicTest> everyMessageReadsAsExpected() throws IOException {
        var files = new ArrayList<>(Samples.list("rtsp/cameras", ".txt"));
        files.addAll(Samples.list("rtsp/messages", ".txt"));
        return files.stream()
                .filter(file -> Files.exists(Samples.expectation(file)))
                .map(file -> dynamicTest(file.getFileName() + "", () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        JsonNode expected = Samples.json(Samples.expectation(file));
        ByteBuffer bytes = Samples.buffer(file);
        RtspMessage message = RtspMessage.parse(bytes);
        checkStart(message, expected);
        checkHeaders(message.headers(), expected);
        if (expected.has("contentLength")) {
            assertThat(message.contentLength()).hasValue(expected.get("contentLength").asInt());
            assertThat(message.body().size()).isEqualTo(expected.get("bodyBytes").asInt());
        }
        assertThat(RtspMessage.parse(message.write()).write()).isEqualTo(message.write());
    }

    private static void checkStart(RtspMessage message, JsonNode expected) {
        switch (message) {
            case Response response -> {
                assertThat(response.status()).isEqualTo(expected.get("status").asInt());
                assertThat(response.reason()).isEqualTo(expected.get("reason").asString());
            }
            case Request request ->
                    assertThat(request.startLine())
                            .isEqualTo(expected.get("requestLine").asString());
        }
        if (expected.has("cseq")) {
            assertThat(message.cseq()).hasValue(expected.get("cseq").asInt());
        }
    }

    private static void checkHeaders(RtspHeaders headers, JsonNode expected) {
        List<String> lines = new ArrayList<>();
        expected.get("headers")
                .forEach(one -> lines.add(one.get(0).asString() + ": " + one.get(1).asString()));
        assertThat(headers.write().lines()).containsExactlyElementsOf(lines);
        if (expected.has("session")) {
            SessionHeader session =
                    SessionHeader.parse(headers.first("Session").orElseThrow()).orElseThrow();
            JsonNode wanted = expected.get("session");
            assertThat(session.id()).isEqualTo(wanted.get("id").asString());
            assertThat(session.timeoutOrDefault()).hasSeconds(wanted.get("timeout").asInt());
        }
        if (expected.has("transport")) {
            checkTransport(headers.first("Transport").orElseThrow(), expected.get("transport"));
        }
        if (expected.has("rtpInfo")) {
            checkRtpInfo(headers.first("RTP-Info").orElseThrow(), expected.get("rtpInfo"));
        }
        if (expected.has("challenges")) {
            checkChallenges(headers.all("WWW-Authenticate"), expected.get("challenges"));
        }
    }

    private static void checkTransport(String header, JsonNode expected) {
        RtspTransport transport = RtspTransport.parse(header).orElseThrow();
        assertThat(transport.protocol()).isEqualTo(expected.get("protocol").asString());
        assertThat(transport.delivery()).isEqualTo(RtspTransport.Delivery.UNICAST);
        assertThat(transport.interleaved())
                .isEqualTo(
                        new RtspTransport.Pair(
                                expected.get("interleaved").get(0).asInt(),
                                expected.get("interleaved").get(1).asInt()));
        if (expected.has("ssrc")) {
            assertThat(transport.ssrc()).isEqualTo((int) expected.get("ssrc").asLong());
        }
        for (String name : List.of("source", "destination", "mode")) {
            if (expected.has(name)) {
                assertThat(transport.write()).contains(name + '=' + expected.get(name).asString());
            }
        }
    }

    private static void checkRtpInfo(String header, JsonNode expected) {
        List<RtpInfo> entries = RtpInfo.parseAll(header);
        assertThat(entries).hasSize(expected.size());
        for (int i = 0; i < entries.size(); i++) {
            RtpInfo entry = entries.get(i);
            JsonNode wanted = expected.get(i);
            assertThat(entry.url()).isEqualTo(wanted.get("url").asString());
            assertThat(entry.seq()).isEqualTo(wanted.get("seq").asInt());
            assertThat(entry.rtptime()).isEqualTo(number(wanted.get("rtptime")));
            assertThat(entry.ssrc()).isEqualTo(number(wanted.get("ssrc")));
        }
    }

    private static @Nullable Long number(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : (Long) node.asLong();
    }

    private static void checkChallenges(List<String> values, JsonNode expected) {
        List<RtspChallenge> challenges = RtspChallenge.parseAll(values);
        assertThat(challenges).hasSize(expected.size());
        for (int i = 0; i < challenges.size(); i++) {
            JsonNode wanted = expected.get(i);
            assertThat(challenges.get(i).scheme()).isEqualTo(wanted.get("scheme").asString());
            var parameters = challenges.get(i).parameters();
            assertThat(parameters).hasSize(wanted.get("params").size());
            wanted.get("params")
                    .properties()
                    .forEach(one ->
                            assertThat(parameters)
                                    .containsEntry(one.getKey(), one.getValue().asString()));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyHeaderValueHasItsCanonicalForm() throws IOException {
        return Samples.jsonLines(Samples.folder("rtsp").resolve("headers.jsonl")).stream()
                .map(one ->
                        dynamicTest(
                                one.get("header").asString() + ": " + one.get("case").asString(),
                                () -> checkCanonical(one)));
    }

    private static void checkCanonical(JsonNode one) {
        String in = one.get("in").get(0).asString();
        String canonical = one.get("canonical").get(0).asString();
        String written =
                switch (one.get("header").asString()) {
                    case "authenticate" -> RtspChallenge.parseAll(List.of(in)).getFirst().write();
                    case "authorization" -> RtspAuthorization.parse(in).orElseThrow().write();
                    case "transport", "transports" ->
                            String.join(
                                    ",",
                                    RtspTransport.parseAll(in).stream()
                                            .map(RtspTransport::write)
                                            .toList());
                    case "rtp_info" -> RtpInfo.write(RtpInfo.parseAll(in));
                    case "range" -> RtspRange.parse(in).orElseThrow().write();
                    case "session" -> SessionHeader.parse(in).orElseThrow().write();
                    default -> throw new AssertionError(one);
                };
        assertThat(written).isEqualTo(canonical);
    }

    @TestFactory
    Stream<DynamicTest> everyHeaderBlockSurvives() throws IOException {
        return Samples.list("rtsp/messages", ".txt").stream()
                .filter(file -> file.getFileName().toString().startsWith("header-"))
                .map(file ->
                        dynamicTest(
                                file.getFileName() + "",
                                () -> {
                                    String text = Samples.text(file);
                                    RtspHeaders headers = RtspHeaders.parse(text);
                                    long lines = text.lines().filter(l -> !l.isBlank()).count();
                                    assertThat(headers.lines()).hasSize((int) lines);
                                    assertThat(RtspHeaders.parse(headers.write()))
                                            .isEqualTo(headers);
                                }));
    }

    @Test
    void oddContentBasesAreRepaired() throws IOException {
        for (JsonNode one : Samples.jsonLines(Samples.folder("rtsp").resolve("odd-urls.jsonl"))) {
            String base = RtspUrl.base(one.get("in").asString(), null, "rtsp://never/");
            if (one.has("host")) {
                assertThat(base).startsWith("rtsp://" + one.get("host").asString() + '/');
            } else {
                assertThat(base).isEqualTo("rtsp://[::ffff:192.168.1.123]/onvif/profile.1/");
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> whatOnceBrokeOthersNeitherThrowsNorChangesWhenWritten() throws IOException {
        return Samples.list("rtsp/fuzz", ".jsonl").stream()
                .map(file ->
                        dynamicTest(
                                file.getFileName() + "",
                                () -> {
                                    for (byte[] input : Samples.corpus(file)) {
                                        Mutation.check(
                                                input,
                                                RtspMutationTest.BOUND,
                                                RtspProperties::check);
                                    }
                                }));
    }
}
