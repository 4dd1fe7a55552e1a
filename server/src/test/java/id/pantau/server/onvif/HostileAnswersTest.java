package id.pantau.server.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.server.onvif.XmlDocument.MalformedXmlException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a device must not be able to do with an answer.
class HostileAnswersTest {
    @Test
    void documentTypesAndEntitiesAreNotRead() {
        String secret = "<!ENTITY x SYSTEM \"file:///etc/hostname\">";
        for (String prolog :
                List.of(
                        "<!DOCTYPE a [" + secret + "]>",
                        "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/\">",
                        "<!DOCTYPE a [<!ENTITY x \"y\">]>")) {
            byte[] bytes = (prolog + "<a>&x;</a>").getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> XmlDocument.read(bytes))
                    .isInstanceOf(MalformedXmlException.class);
        }
    }

    @Test
    void depthAndNumberOfElementsAreBounded() {
        for (String hostile :
                List.of(
                        "<a>".repeat(100_000),
                        "<a>".repeat(1000) + "</a>".repeat(1000),
                        "<r>" + "<a/>".repeat(100_000) + "</r>",
                        "<r " + "x".repeat(900_000) + ">",
                        "<".repeat(300_000))) {
            long started = System.nanoTime();
            assertThatThrownBy(() -> XmlDocument.read(hostile.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(MalformedXmlException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-8", "UTF-9", ""})
    void anEncodingThatNobodyKnowsIsPassedOver(String encoding) throws Exception {
        String xml = "<?xml version=\"1.0\" encoding=\"%s\"?><a>1</a>".formatted(encoding);

        assertThat(XmlDocument.read(xml.getBytes(StandardCharsets.UTF_8)).root().text())
                .isEqualTo("1");
    }
}
