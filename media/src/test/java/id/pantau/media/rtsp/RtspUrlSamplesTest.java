package id.pantau.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import id.pantau.media.Samples;
import id.pantau.media.sdp.SessionDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Where the requests of a session go, for every description in the samples.
@Tag("samples")
class RtspUrlSamplesTest {
    @TestFactory
    Stream<DynamicTest> everyControlHasItsUrl() throws IOException {
        var files = new ArrayList<>(Samples.list("rtsp/sdp", ".sdp"));
        files.addAll(Samples.list("rtsp/cameras", ".sdp"));
        files.addAll(Samples.list("rtsp/cameras", ".txt"));
        return files.stream().map(file -> dynamicTest(file.getFileName() + "", () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        JsonNode expected = Samples.json(Samples.expectation(file));
        if (!expected.has("sdp")) {
            return;
        }
        String text = Samples.text(file);
        String base = expected.get("base").asString();
        if (file.toString().endsWith(".txt")) {
            var message = RtspMessage.parse(Samples.buffer(file));
            text = message.bodyText();
            base =
                    RtspUrl.base(
                            message.headers().first("Content-Base").orElse(null),
                            message.headers().first("Content-Location").orElse(null),
                            expected.get("requestUrl").asString());
            assertThat(base).isEqualTo(expected.get("base").asString());
        }
        SessionDescription description = SessionDescription.parse(text);
        assertThat(RtspUrl.control(base, description.control().orElse(null)))
                .isEqualTo(expected.get("sdp").get("session").get("aggregateUrl").asString());
        for (int i = 0; i < description.media().size(); i++) {
            JsonNode wanted = expected.get("sdp").get("media").get(i).get("controlUrl");
            var control = description.media().get(i).control();
            if (control.isPresent()) {
                assertThat(RtspUrl.control(base, control.get())).isEqualTo(wanted.asString());
            } else {
                assertThat(wanted.isNull() || wanted.asString().equals(base)).isTrue();
            }
        }
    }
}
