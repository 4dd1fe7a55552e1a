package id.pantau.media.rtmp;

import id.pantau.media.Mutation;
import org.junit.jupiter.api.Test;

/// Damaged AMF0: what is read can be written and read again.
class AmfMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(1 << 20, 400);

    @Test
    void noDamageToValuesBreaksWhoReadsThem() throws Exception {
        new Mutation("amf", 1, RtmpSeeds.amf(), BOUND).run(RtmpProperties::amf0);
    }
}
