package id.pantau.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import id.pantau.media.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Descriptions of real cameras, most of which broke some other library.
@Tag("samples")
class SdpSamplesTest {
    @TestFactory
    Stream<DynamicTest> everyDescriptionReadsAsExpected() throws IOException {
        var files = new ArrayList<>(Samples.list("rtsp/sdp", ".sdp"));
        files.addAll(Samples.list("rtsp/cameras", ".sdp"));
        files.addAll(Samples.list("rtsp/cameras", ".txt"));
        files.addAll(Samples.list("rtsp/messages", ".txt"));
        return files.stream()
                .filter(SdpSamplesTest::expectsDescription)
                .map(file -> dynamicTest(file.getFileName() + "", () -> check(file)));
    }

    private static boolean expectsDescription(Path file) {
        try {
            return Files.exists(Samples.expectation(file))
                    && Samples.json(Samples.expectation(file)).has("sdp");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void check(Path file) throws IOException {
        JsonNode expected = Samples.json(Samples.expectation(file)).get("sdp");
        String text = Samples.text(file);
        if (file.toString().endsWith(".txt")) {
            text = text.substring(text.indexOf("\r\n\r\n") + 4);
        }
        SessionDescription description = SessionDescription.parse(text);
        JsonNode session = expected.get("session");
        assertThat(description.control()).isEqualTo(text(session, "control"));
        assertThat(description.attribute("range")).isEqualTo(text(session, "range"));
        assertThat(description.attribute("tool")).isEqualTo(text(session, "tool"));
        assertThat(name(description.direction())).isEqualTo(text(session, "direction"));
        assertThat(description.media()).hasSize(expected.get("media").size());
        for (int i = 0; i < description.media().size(); i++) {
            checkMedia(description, i, expected.get("media").get(i));
        }
        assertThat(SessionDescription.parse(description.write())).isEqualTo(description);
    }

    private static void checkMedia(SessionDescription description, int index, JsonNode expected) {
        MediaDescription media = description.media().get(index);
        assertThat(media.kind()).isEqualTo(expected.get("media").asString());
        assertThat(media.protocol()).isEqualTo(expected.get("proto").asString());
        assertThat(media.formats()).isEqualTo(strings(expected.get("formats")));
        assertThat(media.control()).isEqualTo(text(expected, "control"));
        assertThat(name(media.direction())).isEqualTo(text(expected, "direction"));
        if (expected.has("attrs")) {
            for (String attribute : strings(expected.get("attrs"))) {
                int colon = attribute.indexOf(':');
                assertThat(media.attribute(attribute.substring(0, colon)))
                        .hasValue(attribute.substring(colon + 1));
            }
        }
        List<PayloadFormat> payloads = description.payloads(media);
        assertThat(payloads).hasSize(expected.get("payloads").size());
        for (int i = 0; i < payloads.size(); i++) {
            checkPayload(payloads.get(i), expected.get("payloads").get(i));
        }
    }

    private static void checkPayload(PayloadFormat payload, JsonNode expected) {
        assertThat(payload.payloadType()).isEqualTo(expected.get("pt").asInt());
        assertThat(Optional.ofNullable(payload.encoding())).isEqualTo(text(expected, "encoding"));
        assertThat(payload.clockRateHz()).isEqualTo(number(expected, "clockRate", 0));
        assertThat(payload.channels()).isEqualTo(number(expected, "channels", 1));
        assertThat(Optional.ofNullable(payload.fmtp())).isEqualTo(text(expected, "fmtp"));
        if (expected.has("aacConfig")) {
            assertThat(payload.parameters())
                    .containsEntry(
                            "config",
                            expected.get("aacConfig").asString().toUpperCase(Locale.ROOT));
        }
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.hasNonNull(name) ? Optional.of(node.get(name).asString()) : Optional.empty();
    }

    private static int number(JsonNode node, String name, int otherwise) {
        return node.hasNonNull(name) ? node.get(name).asInt() : otherwise;
    }

    private static Optional<String> name(Optional<Direction> direction) {
        return direction.map(one -> one.name().toLowerCase(Locale.ROOT));
    }
}
