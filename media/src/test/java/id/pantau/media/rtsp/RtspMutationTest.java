package id.pantau.media.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Damages messages and descriptions at random and holds the parsers to [RtspProperties]. The seed
/// is printed; `pantau.mutation.seed` repeats a run, `pantau.mutation.seconds` makes it longer.
class RtspMutationTest {
    private static final String DESCRIBE =
            "RTSP/1.0 200 OK\r\nCSeq: 3\r\nSession: 7;timeout=60\r\n"
                    + "Content-Base: rtsp://h/a/\r\nContent-Length: 90\r\n\r\n"
                    + ScriptedCamera.SDP;

    private static final List<byte[]> SEEDS =
            List.of(
                    DESCRIBE.getBytes(UTF_8),
                    frames(),
                    "Digest realm=\"a\", nonce=\"b\", stale=FALSE, algorithm=MD5, qop=\"auth\""
                            .getBytes(UTF_8),
                    "Digest username=\"u\", realm=\"a\", nonce=\"b\", uri=\"c\", response=\"d\""
                            .getBytes(UTF_8),
                    "RTP/AVP;unicast;client_port=3456-3457;server_port=1-2;ssrc=0B6020AD;mode=play"
                            .getBytes(UTF_8),
                    "url=rtsp://h/t1;seq=35243;rtptime=717574556,url=t2;seq=1;ssrc=dcc4a0d8"
                            .getBytes(UTF_8),
                    "user:p@ss/word@host:554/path?x=%41#y".getBytes(UTF_8));

    @Test
    void noDamageBreaksTheParsers() {
        long seed = Long.getLong("pantau.mutation.seed", System.nanoTime());
        long seconds = Long.getLong("pantau.mutation.seconds", 1);
        System.out.println("RtspMutationTest: seed " + seed);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int round = 0; System.nanoTime() - end < 0; round++) {
            byte[] input = damaged(SEEDS.get(round % SEEDS.size()).clone(), random);
            try {
                RtspProperties.check(input);
            } catch (Exception | Error e) {
                throw new AssertionError(
                        "seed %d, round %d, input: %s"
                                .formatted(seed, round, new String(input, UTF_8)),
                        e);
            }
        }
    }

    private static byte[] frames() {
        ByteBuffer bytes = ByteBuffer.allocate(200);
        bytes.put(ScriptedCamera.Visitor.frameBytes(0, 1));
        bytes.put("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n".getBytes(UTF_8));
        bytes.put(ScriptedCamera.Visitor.frameBytes(3, 2));
        return bytes.array();
    }

    private static byte[] damaged(byte[] input, RandomGenerator random) {
        byte[] bytes = input;
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) "\"\\=:;,/@%$\r\n \t-".charAt(random.nextInt(15));
                case 3 -> bytes = Arrays.copyOf(bytes, at + 1);
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(bytes.length - from, bytes.length - at);
                    System.arraycopy(bytes, from, bytes, at, random.nextInt(length));
                }
            }
        }
        return bytes;
    }
}
