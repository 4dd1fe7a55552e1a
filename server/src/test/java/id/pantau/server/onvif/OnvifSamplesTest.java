package id.pantau.server.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.onvif.XmlDocument.MalformedXmlException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real devices' words, each with what is to be made of it.
@Tag("samples")
class OnvifSamplesTest {
    private static final JsonMapper JSON = new JsonMapper();

    /// What an expectation may say, each checked below; `uris` repeats `expectedUri`, and
    /// `httpStatus` is the transport's.
    private static final Set<String> FACTS =
            Set.of(
                    "wellFormed",
                    "bodyElement",
                    "bodyNamespace",
                    "soapNamespace",
                    "xaddrs",
                    "scopes",
                    "uris",
                    "expectedUri",
                    "profiles",
                    "fault",
                    "httpStatus");

    static Path folder() {
        String set = System.getenv("PANTAU_TEST_SAMPLES");
        Path samples =
                set != null
                        ? Path.of(set)
                        : Path.of(System.getProperty("pantau.root", ".."), "../shared/samples");
        Path folder = samples.resolve("onvif");
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                () -> "no samples at %s; set PANTAU_TEST_SAMPLES".formatted(folder));
        return folder;
    }

    @TestFactory
    Stream<DynamicTest> everyAnswerIsReadAsExpected() throws IOException {
        try (Stream<Path> files = Files.list(folder().resolve("responses"))) {
            List<Path> answers =
                    files.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
            assertThat(answers).hasSizeGreaterThan(60);
            return answers.stream()
                    .map(file ->
                            DynamicTest.dynamicTest(
                                    file.getFileName().toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException, MalformedXmlException {
        byte[] bytes = Files.readAllBytes(file);
        JsonNode expected =
                JSON.readTree(
                        Files.readString(
                                Path.of(file.toString().replace(".xml", ".expected.json"))));
        XmlDocument document = XmlDocument.read(bytes);
        assertThat(document.wellFormed())
                .as("well-formed")
                .isEqualTo(expected.get("wellFormed").booleanValue());
        XmlElement body = Soap.body(bytes, "a device"); // an element even where it is not
        if (expected.has("bodyElement")) {
            assertThat(body.name()).isEqualTo(expected.get("bodyElement").stringValue());
            assertThat(body.namespace()).isEqualTo(expected.get("bodyNamespace").stringValue());
            assertThat(document.root().namespace())
                    .isEqualTo(expected.get("soapNamespace").stringValue());
        }
        if (expected.has("xaddrs")) {
            assertThat(body.findAll("XAddr").stream().map(XmlElement::text).toList())
                    .isEqualTo(
                            body.name().equals("ProbeMatches")
                                    ? List.of()
                                    : strings(expected.get("xaddrs")));
            checkServices(body, strings(expected.get("xaddrs")));
        }
        if (expected.has("scopes")) {
            checkScopes(body, strings(expected.get("scopes")));
        }
        if (expected.has("expectedUri")) {
            checkUri(body, expected.get("expectedUri").stringValue());
        }
        if (expected.has("profiles")) {
            checkProfiles(body, expected.get("profiles"));
        }
        if (expected.has("fault")) {
            checkFault(body, expected.get("fault"));
        }
        readAll(body);
    }

    /// Whatever it is, no reader of any answer stumbles over it.
    private static void readAll(XmlElement body) {
        DeviceFacts.of(body);
        PtzStatus.of(body);
        ImagingSettings.of(body);
        ImagingRanges.of(body);
        DeviceClock.read(body);
        body.children()
                .forEach(child -> {
                    MediaProfile.ofMedia(child);
                    NetworkPort.of(child);
                    PtzNode.of(child);
                    Preset.of(child);
                    Notification.of(child);
                });
    }

    private static void checkServices(XmlElement body, List<String> xaddrs) throws IOException {
        if (body.name().equals("ProbeMatches")) {
            return;
        }
        String host = URI.create(xaddrs.getFirst()).getHost();
        DeviceAddress device = DeviceAddress.parse(host).orElseThrow();
        var addresses = new OwnAddresses(device, InetAddress.getByName(host));
        Map<Service, DeviceAddress> services =
                body.name().equals("GetServicesResponse")
                        ? DeviceServices.ofServices(body, addresses)
                        : DeviceServices.ofCapabilities(body, addresses);
        assertThat(services).containsKeys(Service.DEVICE, Service.MEDIA, Service.EVENTS);
        assertThat(xaddrs).containsAll(services.values().stream().map(DeviceAddress::url).toList());
        assertThat(addresses.findings()).isEmpty();
    }

    private static void checkScopes(XmlElement body, List<String> scopes) throws IOException {
        if (!body.name().equals("ProbeMatches")) {
            return; // GetScopes, which is not asked for
        }
        XmlElement match = body.child("ProbeMatch").orElseThrow();
        assertThat(FoundDevice.words(match.text("Scopes"))).isEqualTo(scopes);
        // its XAddr is a template's mark, no address: nothing is found
        assertThat(FoundDevice.of(body, InetAddress.getByName("192.0.2.1"))).isEmpty();
    }

    private static void checkUri(XmlElement body, String uri) throws IOException {
        URI expected = URI.create(uri);
        DeviceAddress device = DeviceAddress.parse(expected.getHost()).orElseThrow();
        var addresses = new OwnAddresses(device, InetAddress.getByName(expected.getHost()));
        String given = body.find("Uri").orElseThrow().text();
        Optional<URI> read = addresses.media(given, List.of("rtsp", "http"));
        assertThat(read).contains(expected);
    }

    private static void checkProfiles(XmlElement body, JsonNode profiles) {
        List<MediaProfile> read =
                body.children("Profiles").stream().map(MediaProfile::ofMedia).toList();
        assertThat(read).hasSize(profiles.size());
        for (int i = 0; i < read.size(); i++) {
            JsonNode video = profiles.get(i).get("video");
            VideoEncoding encoding = Objects.requireNonNull(read.get(i).video());
            assertThat(read.get(i).token()).isEqualTo(profiles.get(i).get("token").stringValue());
            assertThat(
                            List.of(
                                    encoding.codec(),
                                    Integer.toString(encoding.widthPx()),
                                    Integer.toString(encoding.heightPx()),
                                    Integer.toString((int) encoding.fps()),
                                    Integer.toString(encoding.bitrateKbps())))
                    .isEqualTo(
                            List.of(
                                    video.get("encoding").stringValue(),
                                    video.get("width").stringValue(),
                                    video.get("height").stringValue(),
                                    video.get("fps").stringValue(),
                                    video.get("kbps").stringValue()));
        }
    }

    private static void checkFault(XmlElement body, JsonNode fault) {
        Faults read = Faults.of(body);
        List<String> codes =
                strings(fault.get("codes")).stream()
                        .map(code -> code.substring(code.indexOf(':') + 1))
                        .toList();
        assertThat(read.codes()).isEqualTo(codes);
        assertThat(read.reason()).isEqualTo(fault.get("reason").stringValue());
        assertThat(read.category()).isEqualTo(OnvifException.Category.NOT_AUTHORISED);
    }

    /// What the tests here do not look at would be passed over in silence.
    @Test
    void everySampleOfTheManifestIsReadByATest() throws IOException {
        Path folder = folder();
        Set<String> read = new TreeSet<>(Set.of("fragments.jsonl"));
        for (JsonNode entry : lines(folder.resolve("MANIFEST.jsonl"))) {
            String file = entry.get("file").stringValue();
            if (file.matches("responses/[^/]+[.]xml")) {
                String expected = file.replace(".xml", ".expected.json");
                assertThat(entry.get("expected").stringValue()).isEqualTo(expected);
                assertThat(
                                JSON.readTree(Files.readString(folder.resolve(expected)))
                                        .propertyNames())
                        .as(expected)
                        .isSubsetOf(FACTS);
                read.add(expected);
                read.add(file);
            } else if (file.startsWith("wsdl/")) {
                read.add(file);
            } else {
                assertThat(file).isEqualTo("fragments.jsonl");
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> present =
                    files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                            .filter(file -> !file.equals("MANIFEST.jsonl"))
                            .filter(file -> !file.equals("README.md"))
                            .toList();
            assertThat(read).containsExactlyInAnyOrderElementsOf(present);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyInterfaceDescriptionHasTheElementsThatTheParserOfTheJdkSees()
            throws IOException {
        Path folder = folder();
        return lines(folder.resolve("MANIFEST.jsonl")).stream()
                .map(entry -> entry.get("file").stringValue())
                .filter(file -> file.startsWith("wsdl/"))
                .map(file ->
                        DynamicTest.dynamicTest(
                                file,
                                () -> {
                                    Path path = folder.resolve(file);
                                    XmlDocument document =
                                            XmlDocument.read(Files.readAllBytes(path));
                                    assertThat(document.wellFormed()).isTrue();
                                    assertThat(count(document.root()))
                                            .isEqualTo(
                                                    DocumentBuilderFactory.newDefaultNSInstance()
                                                            .newDocumentBuilder()
                                                            .parse(path.toFile())
                                                            .getElementsByTagName("*")
                                                            .getLength());
                                }));
    }

    private static int count(XmlElement element) {
        return 1 + element.children().stream().mapToInt(OnvifSamplesTest::count).sum();
    }

    @TestFactory
    Stream<DynamicTest> everyFragmentIsReadAsExpected() throws IOException {
        return lines(folder().resolve("fragments.jsonl")).stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.get("vendor").stringValue(), () -> checkFragment(one)));
    }

    private static void checkFragment(JsonNode one) throws MalformedXmlException {
        JsonNode expected = one.get("expect");
        if (one.has("xml")) {
            XmlElement element =
                    XmlDocument.read(one.get("xml").stringValue().getBytes(StandardCharsets.UTF_8))
                            .root();
            if (element.name().equals("NotificationMessage")) {
                checkNotification(Notification.of(element), expected);
            } else {
                checkEncoder(element);
            }
        } else if (one.get("topicOnly").isString()) {
            String topic = one.get("topicOnly").stringValue();
            var notification = new Notification(topic, null, "Changed", Map.of(), Map.of());
            assertThat(notification.kind())
                    .isEqualTo(
                            topic.endsWith("DigitalInput")
                                    ? EventKind.DIGITAL_INPUT
                                    : EventKind.OTHER);
        }
        // the last one, a subscription's id, is what the simulator asks back: see EventPullTest
    }

    private static void checkNotification(Notification read, JsonNode expected) {
        assertThat(read.topic()).isEqualTo(expected.get("topic").stringValue());
        assertThat(read.operation()).isEqualTo(expected.get("operation").stringValue());
        assertThat(read.at()).isNotNull();
        if (expected.has("source")) {
            assertThat(read.source()).isEqualTo(map(expected.get("source")));
        }
        assertThat(read.values()).isEqualTo(map(expected.get("data")));
        assertThat(read.active()).contains(expected.get("boolean").booleanValue());
        assertThat(read.kind().name().toLowerCase(Locale.ROOT))
                .isEqualTo(expected.get("event").stringValue());
        assertThat(read.isTrigger()).isEqualTo(expected.get("trigger").booleanValue());
    }

    private static void checkEncoder(XmlElement element) {
        Optional<VideoEncoding> encoding = VideoEncoding.of(element);
        if (element.child("Encoding").isEmpty()) {
            assertThat(encoding).isEmpty();
        } else {
            assertThat(encoding).contains(new VideoEncoding("H265", 1920, 1080, 1, 2, 1536));
        }
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(JSON::readTree)
                .toList();
    }

    private static List<String> strings(JsonNode array) {
        var strings = new ArrayList<String>();
        array.forEach(one -> strings.add(one.stringValue()));
        return strings;
    }

    private static Map<String, String> map(JsonNode object) {
        var map = new HashMap<String, String>();
        object.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().stringValue()));
        return map;
    }
}
