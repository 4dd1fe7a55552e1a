package id.pantau.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.MediaFormat;
import id.pantau.media.Mutation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damaged packets of every codec, through the reordering of UDP and the depacketizers to access
/// units. An input is the number of a format and packets behind their 16-bit lengths.
class RtpMutationTest {
    private static final int HEADER_BYTES = 1;

    /// A receiver of H.265 keeps 16 MiB for one picture at most; none of it is taken in advance.
    private static final Mutation.Bound BOUND = new Mutation.Bound(2 << 20, 200);

    private final List<MediaFormat> formats = HostileInputTest.formats();

    @Test
    void noDamageToPacketsBreaksAReceiver() throws Exception {
        new Mutation("rtp", 5, seeds(), BOUND).run(this::receive);
    }

    private List<byte[]> seeds() {
        var random = new Random(7);
        List<byte[]> seeds = new ArrayList<>();
        for (int format = 0; format < formats.size(); format++) {
            for (int mtu : new int[] {90, 400, 1400}) {
                var sender = new Sender(formats.get(format), mtu);
                ByteBuffer bytes = ByteBuffer.allocate(1 << 16).put((byte) format);
                for (int i = 0; i < 6; i++) {
                    AccessUnit unit = unit(formats.get(format), i, random);
                    for (ByteBuffer packet : sender.packets(unit)) {
                        bytes.putShort((short) packet.remaining()).put(packet);
                    }
                }
                byte[] seed = new byte[bytes.flip().remaining()];
                bytes.get(seed);
                seeds.add(seed);
            }
        }
        return seeds;
    }

    private static AccessUnit unit(MediaFormat format, int i, Random random) {
        return format instanceof AudioFormat
                ? Units.sound(i * 1920L, 1 + random.nextInt(300), random)
                : Units.picture(
                        i * 3600L,
                        i % 3 == 0,
                        format.codec() == Codec.H265,
                        2,
                        1 + random.nextInt(400),
                        random);
    }

    private void receive(byte[] input) {
        if (input.length <= HEADER_BYTES) {
            return;
        }
        RtpTrack track = new Sender(formats.get((input[0] & 0xff) % formats.size()), 400).track();
        var bench = new ReceiverBench(track);
        var order = new ReorderBuffer(32, Duration.ofMillis(50), packet -> bench.rtp(0, packet));
        ByteBuffer bytes = ByteBuffer.wrap(input).position(HEADER_BYTES);
        for (int i = 0; bytes.remaining() > 2; i++) {
            int length = Math.min(bytes.getShort() & 0xffff, bytes.remaining());
            order.offer(bytes.slice(bytes.position(), length), i * 5_000_000L);
            bytes.position(bytes.position() + length);
            bench.pass(Duration.ofMillis(5));
        }
        order.flush();
        Units.assertInOrder(bench.signals.units());
        assertThat(bench.receiver.receiverReport(0)).isNotNull();
    }
}
