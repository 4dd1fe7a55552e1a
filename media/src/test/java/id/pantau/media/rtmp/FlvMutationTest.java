package id.pantau.media.rtmp;

import id.pantau.media.Mutation;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damaged FLV: files, and the bodies of tags as RTMP carries them.
class FlvMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(4 << 20, 400);

    @Test
    void noDamageBreaksWhoReadsTags() throws Exception {
        List<byte[]> seeds = RtmpSeeds.flv(new Random(4711));
        new Mutation("flv", 2, seeds, BOUND)
                .run(input -> {
                    RtmpProperties.flv(input);
                    RtmpProperties.media(input);
                });
    }
}
