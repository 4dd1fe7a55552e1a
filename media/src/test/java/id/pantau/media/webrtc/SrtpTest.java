package id.pantau.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Bytes;
import id.pantau.media.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// SRTP against the published vectors, and what holds for any packet.
class SrtpTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final int ROOM = SrtpCipher.MAX_GROWTH_BYTES;

    @Test
    @Tag("samples")
    void thePublishedVectorsComeOut() throws IOException, GeneralSecurityException {
        int seen = 0;
        for (JsonNode one :
                Samples.jsonLines(Samples.folder("webrtc").resolve("srtp-vectors.jsonl"))) {
            if (one.has("cipherKey")) {
                derivation(one);
            } else if (one.has("protected")) {
                packet(one);
            } else {
                keystream(one);
            }
            seen++;
        }
        assertThat(seen).isEqualTo(5);
    }

    /// With a label of 0 and a salt that is the counter, key derivation is the bare keystream.
    private static void keystream(JsonNode one) throws GeneralSecurityException {
        byte[] stream = bytes(one, "keystream");
        byte[] counter = Arrays.copyOf(bytes(one, "iv"), 14);
        assertThat(SrtpCipher.derive(bytes(one, "sessionKey"), counter, 0, stream.length))
                .isEqualTo(stream);
    }

    private static void derivation(JsonNode one) throws GeneralSecurityException {
        byte[] key = bytes(one, "masterKey");
        byte[] salt = bytes(one, "masterSalt");
        int first = one.get("case").asString().contains("SRTCP") ? 3 : 0;
        assertThat(SrtpCipher.derive(key, salt, first, 16)).isEqualTo(bytes(one, "cipherKey"));
        assertThat(SrtpCipher.derive(key, salt, first + 1, 20)).isEqualTo(bytes(one, "authKey"));
        assertThat(SrtpCipher.derive(key, salt, first + 2, 14)).isEqualTo(bytes(one, "cipherSalt"));
    }

    private static void packet(JsonNode one) {
        SrtpCipher cipher =
                SrtpCipher.of(
                        SrtpProfile.AES128_CM_HMAC_SHA1_80,
                        Bytes.of(bytes(one, "masterKey")),
                        Bytes.of(bytes(one, "masterSalt")));
        byte[] plain = bytes(one, "plain");
        byte[] sealed = bytes(one, "protected");
        byte[] packet = Arrays.copyOf(plain, plain.length + ROOM);
        boolean rtcp = one.has("index");
        int length =
                rtcp
                        ? cipher.protectRtcp(packet, plain.length, one.get("index").asInt())
                        : cipher.protectRtp(
                                packet,
                                plain.length,
                                one.get("roc").asLong() << 16
                                        | ByteBuffer.wrap(plain).getShort(2) & 0xffff);
        assertThat(Arrays.copyOf(packet, length)).isEqualTo(sealed);
        for (int cut = 0; cut < sealed.length; cut++) {
            var inbound = new SrtpInbound(cipher);
            byte[] shortened = Arrays.copyOf(sealed, cut);
            int opened = rtcp ? inbound.rtcp(shortened, cut) : inbound.rtp(shortened, cut);
            assertThat(opened).isEqualTo(SrtpCipher.FORGED);
        }
        var inbound = new SrtpInbound(cipher);
        byte[] again = sealed.clone();
        int opened = rtcp ? inbound.rtcp(again, again.length) : inbound.rtp(again, again.length);
        assertThat(Arrays.copyOf(again, opened)).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsProtectedOpensOnceAndOnlyAsItWas(SrtpProfile profile) {
        long seed = System.nanoTime();
        System.out.println("SrtpTest: seed " + seed);
        var random = new Random(seed);
        SrtpCipher sender = cipher(profile);
        var receiver = new SrtpInbound(cipher(profile));
        long index = 0xff00; // the rollover counter turns on the way
        for (int i = 0; i < 600; i++, index++) {
            byte[] plain = rtp((int) index & 0xffff, random);
            byte[] packet = Arrays.copyOf(plain, plain.length + ROOM);
            int length = sender.protectRtp(packet, plain.length, index);
            assertThat(length).isEqualTo(plain.length + profile.tagBytes());
            byte[] hurt = Arrays.copyOf(packet, length);
            hurt[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
            int hurtResult = receiver.rtp(hurt, length);
            assertThat(hurtResult).isEqualTo(SrtpCipher.FORGED);
            byte[] copy = Arrays.copyOf(packet, length);
            assertThat(receiver.rtp(copy, length)).isEqualTo(plain.length);
            assertThat(Arrays.copyOf(copy, plain.length)).isEqualTo(plain);
            assertThat(receiver.rtp(Arrays.copyOf(packet, length), length))
                    .as("a replay")
                    .isEqualTo(SrtpCipher.FORGED);
        }
        assertThat(receiver.rejected()).isEqualTo(1200);
    }

    @ParameterizedTest
    @EnumSource
    void aReportOpensOnceAndOnlyAsItWas(SrtpProfile profile) {
        var random = new Random(5);
        SrtpCipher sender = cipher(profile);
        var receiver = new SrtpInbound(cipher(profile));
        for (int index = 1; index < 300; index++) {
            byte[] plain = new byte[28 + 4 * random.nextInt(20)];
            random.nextBytes(plain);
            ByteBuffer.wrap(plain).putInt(0, 0x80c8_0006).putInt(4, 77);
            byte[] packet = Arrays.copyOf(plain, plain.length + ROOM);
            int length = sender.protectRtcp(packet, plain.length, index);
            byte[] hurt = Arrays.copyOf(packet, length);
            hurt[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(receiver.rtcp(hurt, length)).isEqualTo(SrtpCipher.FORGED);
            byte[] copy = Arrays.copyOf(packet, length);
            assertThat(receiver.rtcp(copy, length)).isEqualTo(plain.length);
            assertThat(Arrays.copyOf(copy, plain.length)).isEqualTo(plain);
            assertThat(receiver.rtcp(Arrays.copyOf(packet, length), length))
                    .isEqualTo(SrtpCipher.FORGED);
        }
    }

    @Test
    void aPacketSentAgainIsTheSamePacket() {
        for (SrtpProfile profile : SrtpProfile.values()) {
            SrtpCipher cipher = cipher(profile);
            byte[] plain = rtp(9, new Random(1));
            byte[] first = Arrays.copyOf(plain, plain.length + ROOM);
            byte[] second = first.clone();
            assertThat(cipher.protectRtp(first, plain.length, 9))
                    .isEqualTo(cipher.protectRtp(second, plain.length, 9));
            assertThat(first).isEqualTo(second);
        }
    }

    @Test
    void lateAndEarlyPacketsFindTheirRolloverCounter() {
        var window = new ReplayWindow();
        window.accept(0x2_fff0);
        assertThat(window.indexOf(0x0005)).isEqualTo(0x3_0005);
        window.accept(0x3_0005);
        assertThat(window.indexOf(0xfff1)).isEqualTo(0x2_fff1);
        assertThat(window.isNew(0x2_fff1)).isTrue();
        assertThat(window.isNew(0x2_fff0)).isFalse();
        assertThat(window.isNew(0x3_0005 - 1024)).as("too old to tell").isFalse();
        window.accept(0x3_0005 + 100_000);
        assertThat(window.isNew(0x3_0005 + 99_999)).isTrue();
    }

    @Test
    void ssrcsBeyondAnyBrowserAreNotRemembered() {
        SrtpCipher sender = cipher(SrtpProfile.AEAD_AES_128_GCM);
        var receiver = new SrtpInbound(cipher(SrtpProfile.AEAD_AES_128_GCM));
        int taken = 0;
        for (int ssrc = 1; ssrc <= 100; ssrc++) {
            byte[] packet = new byte[40 + ROOM];
            ByteBuffer.wrap(packet).putInt(0, 0x8060_0001).putInt(8, ssrc);
            int length = sender.protectRtp(packet, 40, 1);
            taken += receiver.rtp(packet, length) == 40 ? 1 : 0;
        }
        assertThat(taken).isEqualTo(16);
    }

    static SrtpCipher cipher(SrtpProfile profile) {
        byte[] key = new byte[16];
        byte[] salt = new byte[profile.saltBytes()];
        Arrays.fill(key, (byte) 7);
        Arrays.fill(salt, (byte) 9);
        return SrtpCipher.of(profile, Bytes.of(key), Bytes.of(salt));
    }

    static byte[] rtp(int sequence, Random random) {
        int csrcs = random.nextInt(3);
        boolean extended = random.nextBoolean();
        byte[] packet = new byte[12 + 4 * csrcs + (extended ? 8 : 0) + random.nextInt(1100)];
        random.nextBytes(packet);
        packet[0] = (byte) (0x80 | (extended ? 0x10 : 0) | csrcs);
        packet[1] = 96;
        ByteBuffer.wrap(packet).putShort(2, (short) sequence).putInt(8, 0x1234);
        if (extended) {
            ByteBuffer.wrap(packet).putInt(12 + 4 * csrcs, 0xbede_0001);
        }
        return packet;
    }

    private static byte[] bytes(JsonNode one, String name) {
        return HEX.parseHex(one.get(name).asString());
    }
}
