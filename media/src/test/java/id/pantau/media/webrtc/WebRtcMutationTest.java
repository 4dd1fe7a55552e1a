package id.pantau.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the network may send breaks nothing. Runs for `pantau.mutation.seconds` (default 1) per
/// kind, from a seed that is printed; `pantau.seed` repeats one.
class WebRtcMutationTest {
    private static final Duration TIME =
            Duration.ofSeconds(Long.getLong("pantau.mutation.seconds", 1L));

    private final long seed = Long.getLong("pantau.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final long until = System.nanoTime() + TIME.toNanos();

    WebRtcMutationTest() {
        System.out.println("WebRtcMutationTest: pantau.seed=" + seed);
    }

    @Test
    void stun() throws Exception {
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(StunMessage.key("secret"));
        byte[] good = check(mac);
        do {
            byte[] hurt = mutate(good);
            Optional<StunMessage> read = StunMessage.parse(ByteBuffer.wrap(hurt));
            read.ifPresent(message -> {
                message.text(StunMessage.USERNAME);
                boolean mapped = message.mappedAddress().isPresent();
                boolean same = Arrays.equals(hurt, good);
                boolean covered = message.has(StunMessage.FINGERPRINT) && message.isIntegral(mac);
                assertThat(covered && !same && !mapped).isFalse();
            });
        } while (System.nanoTime() < until);
    }

    private static byte[] check(Mac mac) {
        ByteBuffer request = ByteBuffer.allocate(120);
        request.putShort((short) 1).putShort((short) 0).putInt(StunMessage.MAGIC_COOKIE);
        request.putInt(1).putInt(2).putInt(3);
        byte[] name = "server:client".getBytes(StandardCharsets.US_ASCII);
        request.putShort((short) StunMessage.USERNAME).putShort((short) name.length).put(name);
        request.position(request.position() + 3);
        request.putShort((short) StunMessage.USE_CANDIDATE).putShort((short) 0);
        ByteBuffer sealed = StunMessage.seal(request, mac);
        byte[] bytes = new byte[sealed.remaining()];
        sealed.get(bytes);
        return bytes;
    }

    @Test
    void protectedPackets() {
        do {
            for (SrtpProfile profile : SrtpProfile.values()) {
                var inbound = new SrtpInbound(SrtpTest.cipher(profile));
                SrtpCipher sender = SrtpTest.cipher(profile);
                for (int i = 1; i < 50; i++) {
                    byte[] plain = SrtpTest.rtp(i, random);
                    byte[] packet = Arrays.copyOf(plain, plain.length + 20);
                    int length = sender.protectRtp(packet, plain.length, i);
                    byte[] good = Arrays.copyOf(packet, length);
                    byte[] hurt = mutate(good);
                    int opened = inbound.rtp(hurt.clone(), hurt.length);
                    assertThat(opened > 0).isEqualTo(Arrays.equals(good, hurt));
                    int read = inbound.rtcp(hurt, hurt.length);
                    assertThat(read).isEqualTo(SrtpCipher.FORGED);
                }
            }
        } while (System.nanoTime() < until);
    }

    @Test
    void feedback() {
        byte[] nack = array(RtcpFeedback.writeNack(1, 2, List.of(5, 6, 9, 40, 0xffff)));
        byte[] loss = array(RtcpFeedback.writePictureLoss(1, 2));
        var counted = new int[2];
        var requests =
                new RtcpFeedback.Requests() {
                    @Override
                    public void missing(int mediaSsrc, int sequence) {
                        assertThat(sequence).isBetween(0, 0xffff);
                        counted[0]++;
                    }

                    @Override
                    public void keyFrame() {
                        counted[1]++;
                    }
                };
        RtcpFeedback.read(ByteBuffer.wrap(nack), requests);
        RtcpFeedback.read(ByteBuffer.wrap(loss), requests);
        assertThat(counted).containsExactly(5, 1);
        do {
            RtcpFeedback.read(ByteBuffer.wrap(mutate(nack)), requests);
            RtcpFeedback.read(ByteBuffer.wrap(mutate(loss)), requests);
        } while (System.nanoTime() < until);
    }

    @Test
    void offers() {
        byte[] offer = NegotiationTest.CHROME.getBytes(StandardCharsets.UTF_8);
        int read = 0;
        do {
            byte[] hurt = mutate(offer);
            boolean good =
                    OfferSamplesTest.readsOrRefuses(new String(hurt, StandardCharsets.UTF_8));
            read += good ? 1 : 0;
        } while (System.nanoTime() < until);
        assertThat(read).isPositive();
    }

    @Test
    @Tag("samples")
    void dtlsRecordsAsCapturedAndHurt() throws IOException {
        var flights = new ArrayList<List<byte[]>>();
        for (Path file : Samples.list("webrtc/pcap", "")) {
            List<byte[]> records =
                    CapturedDatagrams.of(file).stream()
                            .filter(one -> one.length > 13 && DtlsPipe.isDtls(one))
                            .limit(30)
                            .toList();
            if (!records.isEmpty()) {
                flights.add(records);
            }
        }
        assertThat(flights).hasSizeGreaterThan(4);
        DtlsIdentity identity = DtlsIdentity.generate();
        for (List<byte[]> flight : flights) {
            assertThat(endsUnfinished(identity, flight)).isTrue();
        }
        do {
            List<byte[]> flight = flights.get(random.nextInt(flights.size()));
            assertThat(endsUnfinished(identity, flight.stream().map(this::mutate).toList()))
                    .isTrue();
        } while (System.nanoTime() < until);
    }

    /// No flight of a stranger finishes a handshake, and none lasts longer than its packets.
    private static boolean endsUnfinished(DtlsIdentity identity, List<byte[]> flight) {
        var left = new ArrayDeque<>(flight);
        var transport =
                new DatagramTransport() {
                    @Override
                    public int getReceiveLimit() {
                        return 2048;
                    }

                    @Override
                    public int getSendLimit() {
                        return 1200;
                    }

                    @Override
                    public int receive(byte[] into, int at, int length, int wait)
                            throws IOException {
                        byte[] next = left.poll();
                        if (next == null) {
                            throw new IOException("no more");
                        }
                        int count = Math.min(length, next.length);
                        System.arraycopy(next, 0, into, at, count);
                        return count;
                    }

                    @Override
                    public void send(byte[] bytes, int at, int length) {}

                    @Override
                    public void close() {}
                };
        try {
            new DTLSServerProtocol().accept(new DtlsAnswerer(identity, List.of()), transport);
            return false;
        } catch (IOException | RuntimeException _) {
            return true; // the session catches both
        }
    }

    private byte[] mutate(byte[] good) {
        byte[] hurt = good.clone();
        int harms = random.nextInt(4);
        for (int i = 0; i < harms && hurt.length > 0; i++) {
            int at = random.nextInt(hurt.length);
            switch (random.nextInt(6)) {
                case 0 -> hurt[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> hurt[at] = (byte) random.nextInt(256);
                case 2 -> hurt = Arrays.copyOf(hurt, at);
                case 3 -> hurt = Arrays.copyOf(hurt, hurt.length + random.nextInt(20));
                case 4 -> hurt[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
                default -> {
                    int from = random.nextInt(hurt.length);
                    int count = Math.min(random.nextInt(64), hurt.length - Math.max(at, from));
                    System.arraycopy(hurt, from, hurt, at, count);
                }
            }
        }
        return hurt;
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
