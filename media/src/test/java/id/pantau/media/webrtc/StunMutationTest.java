package id.pantau.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Bytes;
import id.pantau.media.Mutation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;

/// Damaged STUN messages: none that is not as its sender wrote it passes for authentic.
class StunMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(64 << 10, 100);

    @Test
    void noDamageToAMessagePassesForAuthentic() throws Exception {
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(StunMessage.key("secret"));
        List<byte[]> seeds = List.of(request(mac), answer(mac, 4), answer(mac, 16));
        new Mutation("stun", 1, seeds, BOUND).run(input -> read(input, mac, seeds));
    }

    private static void read(byte[] input, Mac mac, List<byte[]> seeds) {
        StunMessage.parse(ByteBuffer.wrap(input))
                .ifPresent(message -> {
                    message.type();
                    message.text(StunMessage.USERNAME);
                    message.mappedAddress();
                    if (message.has(StunMessage.FINGERPRINT) && message.isIntegral(mac)) {
                        assertThat(seeds).anyMatch(seed -> Arrays.equals(seed, input));
                    }
                });
    }

    private static byte[] request(Mac mac) {
        ByteBuffer message = begun(StunMessage.BINDING_REQUEST);
        byte[] name = "server:client".getBytes(StandardCharsets.US_ASCII);
        message.putShort((short) StunMessage.USERNAME).putShort((short) name.length).put(name);
        message.position(message.position() + 3);
        message.putShort((short) StunMessage.PRIORITY).putShort((short) 4).putInt(0x7e00_00ff);
        message.putShort((short) StunMessage.USE_CANDIDATE).putShort((short) 0);
        return Bytes.of(StunMessage.seal(message, mac)).toArray();
    }

    private static byte[] answer(Mac mac, int addressBytes) {
        ByteBuffer message = begun(StunMessage.BINDING_SUCCESS);
        message.putShort((short) StunMessage.XOR_MAPPED_ADDRESS)
                .putShort((short) (4 + addressBytes))
                .putShort((short) (addressBytes == 4 ? 1 : 2))
                .putShort((short) 0x1234)
                .put(new byte[addressBytes]);
        return Bytes.of(StunMessage.seal(message, mac)).toArray();
    }

    private static ByteBuffer begun(int type) {
        return ByteBuffer.allocate(200)
                .putShort((short) type)
                .putShort((short) 0)
                .putInt(StunMessage.MAGIC_COOKIE)
                .putInt(1)
                .putInt(2)
                .putInt(3);
    }
}
