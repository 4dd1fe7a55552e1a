package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Codec;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.Loudspeaker;
import id.pantau.testkit.Pitch;
import id.pantau.testkit.ScriptedCamera;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Talking to scripted cameras through the whole server.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TalkOverHttpTest {
    private static final String PASSWORD = "another long password 2";

    private final ScriptedCamera gate = ScriptedCamera.start(GoldenMedia.H264_SMALL);
    private final ScriptedCamera mute = ScriptedCamera.start(GoldenMedia.H264_SMALL);
    private final Loudspeaker loudspeaker = gate.withLoudspeaker(Codec.PCMA);
    private WholeServer server;
    private String admin;
    private String budi;
    private String sari;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        server = new WholeServer(home);
        admin = server.adminToken();
        server.addCamera(admin, "gate", gate.url().toString());
        server.addCamera(admin, "mute", mute.url().toString());
        budi = operator("budi", "gate");
        sari = operator("sari", "mute");
    }

    private String operator(String name, String camera) throws Exception {
        server.create(
                admin,
                "/api/v1/users",
                """
                {"username": "%s", "password": "%s", "cameras": ["%s"]}
                """
                        .formatted(name, PASSWORD, camera));
        return server.token(name, PASSWORD);
    }

    @AfterAll
    void stop() {
        server.close();
        gate.close();
        mute.close();
    }

    /// A browser that talks.
    private final class Browser implements AutoCloseable {
        final LiveOverHttpTest.Viewer said = new LiveOverHttpTest.Viewer();
        final WebSocket socket;

        Browser(@Nullable String token, String path) {
            socket = server.webSocket(token, path, said);
        }

        Browser begin() {
            socket.sendText("{\"rateHz\": 16000}", true).join();
            return this;
        }

        JsonNode next() throws Exception {
            Eventually.await("the server says something", () -> !said.texts.isEmpty());
            return said.texts.getFirst();
        }

        Browser ready() throws Exception {
            JsonNode first = begin().next();
            assertThat(first.toString())
                    .isEqualTo("{\"type\":\"ready\",\"codec\":\"PCMA\",\"rateHz\":8000}");
            return this;
        }

        void say(short[] samples) {
            var bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asShortBuffer().put(samples);
            socket.sendBinary(bytes, true).join();
        }

        int closed() throws Exception {
            return said.closed.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private static String talk(String camera) {
        return "/api/v1/cameras/" + camera + "/talk";
    }

    private static String code(JsonNode message) {
        return message.get("type").stringValue() + ' ' + message.get("code").stringValue();
    }

    /// The camera is free again: a talk ends behind its socket.
    private void awaitNobodyTalks() throws Exception {
        Eventually.await(
                "nobody talks",
                () -> {
                    try {
                        return !server.get(admin, "/api/v1/cameras/gate/loudspeaker")
                                .json()
                                .get("talking")
                                .booleanValue();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }

    @Test
    void anOperatorWithTheRightIsHeard() throws Exception {
        int before = loudspeaker.heard().size();
        try (var browser = new Browser(budi, talk("gate")).ready()) {
            for (int i = 0; i < 5; i++) {
                browser.say(Pitch.tone(400, 16_000, 1_600)); // whole waves: they join
                int heard = before + 5 * (i + 1);
                Eventually.await("it is heard", () -> loudspeaker.heard().size() >= heard);
            }
            short[] all = loudspeaker.samples();
            short[] last = java.util.Arrays.copyOfRange(all, all.length - 4_000, all.length);
            assertThat(Pitch.of(last, 8_000)).isCloseTo(400, Offset.offset(4.0));
        }
        awaitNobodyTalks();
    }

    @Test
    void aTicketForTalkingOpensTheSocketAndNoOtherDoes() throws Exception {
        String mine = ticket("gate", "{\"protocol\": \"talk\"}");
        try (var browser = new Browser(null, talk("gate") + "?ticket=" + mine).ready()) {
            assertThat(browser.said.closed).isNotDone();
        }
        awaitNobodyTalks();
        String ofAnother = ticket("mute", "{\"protocol\": \"talk\"}");
        String toWatch = ticket("gate", "{\"protocol\": \"websocket\"}");
        String toWatchAnyWay = ticket("gate", "{}");
        for (String ticket : new String[] {ofAnother, toWatch, toWatchAnyWay}) {
            try (var browser = new Browser(null, talk("gate") + "?ticket=" + ticket)) {
                assertThat(browser.closed()).isEqualTo(4404);
            }
        }
    }

    private String ticket(String camera, String body) throws Exception {
        return server.send(admin, "POST", "/api/v1/cameras/" + camera + "/tickets", body)
                .json()
                .get("ticket")
                .stringValue();
    }

    @Test
    void whoMayNotSeeTheCameraMayNotTalkToIt() throws Exception {
        try (var stranger = new Browser(sari, talk("gate"));
                var nobody = new Browser(null, talk("gate"))) {
            assertThat(stranger.closed()).isEqualTo(4404);
            assertThat(nobody.closed()).isEqualTo(4401);
        }
        assertThat(server.get(sari, "/api/v1/cameras/gate/loudspeaker").status()).isEqualTo(404);
    }

    @Test
    void theSecondTalkerIsRefusedAndOnlyAnAdministratorLearnsWhoTalks() throws Exception {
        try (var first = new Browser(admin, talk("gate")).ready();
                var second = new Browser(budi, talk("gate")).begin()) {
            assertThat(code(second.next())).isEqualTo("refused talk.busy");
            assertThat(second.next().has("talker")).isFalse();
            assertThat(second.closed()).isEqualTo(1000);
            assertThat(first.said.closed).isNotDone();
        }
        awaitNobodyTalks();
        try (var _ = new Browser(budi, talk("gate")).ready();
                var second = new Browser(admin, talk("gate")).begin()) {
            assertThat(code(second.next())).isEqualTo("refused talk.busy");
            assertThat(second.next().get("talker").stringValue()).isEqualTo("budi");
        }
        awaitNobodyTalks();
    }

    @Test
    void aCameraWithoutABackchannelIsToldAndRemembered() throws Exception {
        try (var browser = new Browser(sari, talk("mute")).begin()) {
            assertThat(code(browser.next())).isEqualTo("refused talk.noBackchannel");
            assertThat(browser.closed()).isEqualTo(1000);
        }
        JsonNode facts = server.get(sari, "/api/v1/cameras/mute/loudspeaker").json();
        assertThat(facts.get("ability").stringValue()).isEqualTo("no");
        int asked = mute.requests().size();
        server.get(admin, "/api/v1/cameras/mute/loudspeaker");
        assertThat(mute.requests()).hasSize(asked);
    }

    @Test
    void aCameraThatOffersOneCanBeTalkedTo() throws Exception {
        JsonNode facts = server.get(budi, "/api/v1/cameras/gate/loudspeaker").json();
        assertThat(facts.get("ability").stringValue()).isEqualTo("yes");
    }

    @Test
    void aCameraThatHangsUpEndsTheTalk() throws Exception {
        try (var browser = new Browser(budi, talk("gate")).ready()) {
            gate.dropConnections();
            Eventually.await("the end is told", () -> browser.said.texts.size() == 2);
            assertThat(code(browser.said.texts.getLast())).isEqualTo("ended talk.lost");
            assertThat(browser.closed()).isEqualTo(1000);
        }
    }

    @Test
    void whatIsNoSoundIsRefused() throws Exception {
        for (String hello :
                new String[] {"{}", "hello", "{\"rateHz\": 44100}", "{\"rateHz\": []}"}) {
            try (var browser = new Browser(budi, talk("gate"))) {
                browser.socket.sendText(hello, true).join();
                assertThat(code(browser.next())).isEqualTo("refused talk.invalid");
            }
        }
        try (var browser = new Browser(budi, talk("gate"))) {
            browser.socket.sendBinary(ByteBuffer.allocate(3), true).join();
            assertThat(code(browser.next())).isEqualTo("refused talk.invalid");
        }
        try (var browser = new Browser(budi, talk("gate"))) {
            browser.socket.sendBinary(ByteBuffer.allocate(20_000), true).join();
            assertThat(browser.closed()).isEqualTo(1009);
        }
    }
}
