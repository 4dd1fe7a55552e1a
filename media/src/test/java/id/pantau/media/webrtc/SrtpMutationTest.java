package id.pantau.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Mutation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damaged SRTP and SRTCP packets: what opens is what was sealed, to the bit.
class SrtpMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(512 << 10, 100);
    private static final int ROOM = 32;

    private final List<byte[]> plains = new ArrayList<>();
    private final List<byte[]> seeds = new ArrayList<>();

    @Test
    void nothingOpensButWhatWasSealed() throws Exception {
        var random = new Random(4711);
        for (SrtpProfile profile : SrtpProfile.values()) {
            SrtpCipher sender = SrtpTest.cipher(profile);
            for (int i = 1; i < 20; i++) {
                byte[] plain = SrtpTest.rtp(i, random);
                byte[] packet = Arrays.copyOf(plain, plain.length + ROOM);
                sealed(plain, packet, sender.protectRtp(packet, plain.length, i));
                byte[] report = report(random);
                byte[] control = Arrays.copyOf(report, report.length + ROOM);
                sealed(report, control, sender.protectRtcp(control, report.length, i));
            }
        }
        new Mutation("srtp", 2 * SrtpProfile.values().length, seeds, BOUND).run(this::read);
    }

    private void sealed(byte[] plain, byte[] packet, int length) {
        plains.add(plain);
        seeds.add(Arrays.copyOf(packet, length));
    }

    private void read(byte[] input) {
        for (SrtpProfile profile : SrtpProfile.values()) {
            var inbound = new SrtpInbound(SrtpTest.cipher(profile));
            byte[] packet = input.clone();
            opened(packet, inbound.rtp(packet, packet.length));
            byte[] control = input.clone();
            opened(control, inbound.rtcp(control, control.length));
        }
    }

    private void opened(byte[] packet, int length) {
        if (length == SrtpCipher.FORGED) {
            return;
        }
        byte[] plain = Arrays.copyOf(packet, length);
        assertThat(plains).anyMatch(one -> Arrays.equals(one, plain));
    }

    private static byte[] report(Random random) {
        byte[] report = new byte[28 + 24 * random.nextInt(3)];
        random.nextBytes(report);
        report[0] = (byte) (0x80 | (report.length - 28) / 24);
        report[1] = (byte) 200;
        ByteBuffer.wrap(report).putShort(2, (short) (report.length / 4 - 1)).putInt(4, 0x1234);
        return report;
    }
}
