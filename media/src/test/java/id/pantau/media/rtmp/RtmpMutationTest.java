package id.pantau.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.Mutation;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.flv.FlvReceiver;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damaged RTMP chunks and the commands in them.
class RtmpMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(4 << 20, 400);

    @Test
    void noDamageBreaksWhoReadsChunks() throws Exception {
        List<byte[]> seeds = RtmpSeeds.chunks(new Random(4711));
        new Mutation("rtmp", 2, seeds, BOUND).run(RtmpProperties::chunks);
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        long seed = Long.getLong("pantau.seed", System.nanoTime());
        System.out.println("RtmpMutationTest: seed " + seed);
        var random = new Random(seed);
        for (StreamFormat format : RtmpSeeds.FORMATS) {
            List<AccessUnit> sent = RtmpSeeds.units(format, random);
            var received = new ArrayList<AccessUnit>();
            var formats = new ArrayList<StreamFormat>();
            var receiver =
                    new FlvReceiver(
                            Clock.systemUTC(),
                            System::nanoTime,
                            signal -> {
                                switch (signal) {
                                    case StreamSignal.Unit(AccessUnit unit) -> received.add(unit);
                                    case StreamSignal.FormatChanged(StreamFormat next) ->
                                            formats.add(next);
                                    case StreamSignal.Gap _, StreamSignal.Ended _ ->
                                            throw new AssertionError("nothing is missing");
                                }
                            });
            RtmpSeeds.tags(format, sent).forEach(tag -> receiver.accept(tag.plain()));
            assertThat(formats).as("seed %d", seed).containsExactly(format);
            assertThat(received).hasSameSizeAs(sent);
            RtmpProperties.inOrder(received);
            for (int i = 0; i < sent.size(); i++) {
                assertThat(received.get(i).payload()).isEqualTo(sent.get(i).payload());
                assertThat(received.get(i).keyFrame()).isEqualTo(sent.get(i).keyFrame());
                assertThat(received.get(i).pts().since(received.get(0).pts()))
                        .isEqualTo(sent.get(i).pts().since(sent.get(0).pts()));
            }
        }
    }
}
