package id.pantau.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Bytes;
import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Damaged reports, read alone and by a receiver whose clock they set.
class RtcpMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(512 << 10, 200);

    @Test
    void noDamageToReportsBreaksAReceiver() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(array(Rtcp.writeSenderReport(1, Instant.EPOCH, 5, 6, 7, "camera")));
        seeds.add(array(Rtcp.writeReceiverReport(1, List.of(), "pantau")));
        seeds.add(array(Rtcp.writeBye(1)));
        if (Samples.present()) {
            Samples.corpora("rtp-bitstreams/fuzz").stream()
                    .filter(input -> input.length > 0 && input.length < 1500)
                    .forEach(seeds::add);
        }
        new Mutation("rtcp", 2, seeds, BOUND).run(RtcpMutationTest::receive);
    }

    private static void receive(byte[] input) {
        assertThat(Rtcp.parse(ByteBuffer.wrap(input)).size()).isLessThanOrEqualTo(input.length);
        var bench = new ReceiverBench(ReceiverBench.h264());
        bench.rtp(0, Units.packet(96, 1, 0, true, ByteBuffer.wrap(new byte[] {0x41, 1, 2})));
        bench.receiver.rtcp(0, ByteBuffer.wrap(input));
        bench.receiver.rtcp(0, ByteBuffer.wrap(input));
        bench.rtp(0, Units.packet(96, 2, 3600, true, ByteBuffer.wrap(new byte[] {0x41, 1, 2})));
        bench.receiver
                .receiverReport(0)
                .ifPresent(report -> assertThat(Rtcp.parse(report)).isNotEmpty());
    }

    private static byte[] array(ByteBuffer buffer) {
        return Bytes.of(buffer).toArray();
    }
}
