package id.pantau.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// STUN against RFC 5769 and captured calls.
class StunMessageTest {
    @Test
    @Tag("samples")
    void theMessagesOfRfc5769ReadAsTheRfcSays() throws IOException, GeneralSecurityException {
        for (JsonNode one :
                Samples.jsonLines(Samples.folder("webrtc").resolve("stun-rfc5769.jsonl"))) {
            byte[] bytes = HexFormat.of().parseHex(one.get("hex").asString());
            StunMessage message = StunMessage.parse(ByteBuffer.wrap(bytes)).orElseThrow();
            boolean request = one.get("type").asString().equals("Binding request");
            assertThat(message.type())
                    .isEqualTo(request ? StunMessage.BINDING_REQUEST : StunMessage.BINDING_SUCCESS);
            assertThat(message.text(0x8022)).isEqualTo(one.get("software").asString());
            if (one.hasNonNull("username")) {
                assertThat(message.text(StunMessage.USERNAME))
                        .isEqualTo(one.get("username").asString());
                assertThat(Objects.requireNonNull(message.attribute(StunMessage.PRIORITY)).getInt())
                        .isEqualTo(one.get("priority").asInt());
            }
            if (one.hasNonNull("xorMappedAddress")) {
                InetSocketAddress mapped = message.mappedAddress().orElseThrow();
                String text = one.get("xorMappedAddress").asString();
                int colon = text.lastIndexOf(':');
                assertThat(mapped)
                        .isEqualTo(
                                new InetSocketAddress(
                                        InetAddress.getByName(text.substring(0, colon)),
                                        Integer.parseInt(text.substring(colon + 1))));
            }
            assertThat(message.isIntegral(hmac(one.get("password").asString()))).isTrue();
            assertThat(message.isIntegral(hmac("another"))).isFalse();
            everyHarmIsSeen(bytes, one.get("password").asString());
        }
    }

    private static void everyHarmIsSeen(byte[] bytes, String password)
            throws GeneralSecurityException {
        Mac mac = hmac(password);
        for (int at = 0; at < bytes.length; at++) {
            byte[] hurt = bytes.clone();
            hurt[at] ^= 1;
            Optional<StunMessage> read = StunMessage.parse(ByteBuffer.wrap(hurt));
            assertThat(read.filter(one -> one.has(StunMessage.FINGERPRINT) && one.isIntegral(mac)))
                    .as("byte %d", at)
                    .isEmpty();
            assertThat(StunMessage.parse(ByteBuffer.wrap(bytes, 0, at))).isEmpty();
        }
    }

    @Test
    void anAnswerSaysWhereTheQuestionCameFrom() throws Exception {
        Mac mac = hmac("secret");
        ByteBuffer request = ByteBuffer.allocate(100);
        request.putShort((short) 1).putShort((short) 0).putInt(StunMessage.MAGIC_COOKIE);
        request.putInt(1).putInt(2).putInt(3);
        StunMessage asked = StunMessage.parse(StunMessage.seal(request, mac)).orElseThrow();
        for (String host : new String[] {"192.0.2.7", "2001:db8::7"}) {
            var from = new InetSocketAddress(InetAddress.getByName(host), 54_321);
            ByteBuffer bytes = asked.success(from, mac);
            StunMessage answer = StunMessage.parse(bytes).orElseThrow();
            assertThat(answer.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
            assertThat(answer.mappedAddress()).contains(from);
            assertThat(answer.isIntegral(mac)).isTrue();
            assertThat(bytes.getInt(8)).isEqualTo(1);
            assertThat(bytes.getInt(16)).isEqualTo(3);
        }
    }

    @Test
    void whatFollowsTheIntegrityDoesNotCount() throws Exception {
        Mac mac = hmac("secret");
        ByteBuffer bytes = ByteBuffer.allocate(100);
        bytes.putShort((short) 1).putShort((short) 0).putInt(StunMessage.MAGIC_COOKIE);
        bytes.position(20);
        ByteBuffer sealed = StunMessage.seal(bytes, mac);
        int without = sealed.limit() - 8; // FINGERPRINT off
        ByteBuffer forged = ByteBuffer.allocate(without + 4).put(0, sealed, 0, without);
        forged.putShort(without, (short) StunMessage.USE_CANDIDATE);
        forged.putShort(2, (short) (without + 4 - 20));
        StunMessage read = StunMessage.parse(forged).orElseThrow();
        assertThat(read.isIntegral(mac)).isTrue();
        assertThat(read.has(StunMessage.USE_CANDIDATE)).isFalse();
    }

    @Test
    @Tag("samples")
    void capturedCallsAreToldApart() throws IOException {
        int checks = 0;
        int classic = 0;
        for (Path file : Samples.list("webrtc/pcap", "")) {
            for (byte[] datagram : CapturedDatagrams.of(file)) {
                Optional<StunMessage> read = StunMessage.parse(ByteBuffer.wrap(datagram));
                if (read.isPresent()) {
                    assertThat(datagram[0] & 0xff).isLessThan(4);
                    assertThat(DtlsPipe.isDtls(datagram)).isFalse();
                    checks++;
                    boolean unused = read.get().has(StunMessage.USERNAME);
                } else if (file.toString().contains("classic")) {
                    classic++;
                }
            }
        }
        assertThat(checks).isGreaterThan(100);
        assertThat(classic).as("RFC 3489, without the magic cookie").isPositive();
    }

    private static Mac hmac(String password) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(StunMessage.key(password));
        return mac;
    }
}
