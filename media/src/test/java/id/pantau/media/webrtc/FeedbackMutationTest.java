package id.pantau.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Bytes;
import id.pantau.media.Mutation;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Damaged RTCP feedback: what a player may ask for stays inside what there is.
class FeedbackMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(64 << 10, 100);

    private int missing;
    private int keyFrames;
    private boolean outside; // an assertion for each would be all that is allocated

    @Test
    void noDamageToFeedbackAsksForMoreThanItHolds() throws Exception {
        byte[] nack =
                Bytes.of(RtcpFeedback.writeNack(1, 2, List.of(5, 6, 9, 40, 0xffff))).toArray();
        byte[] loss = Bytes.of(RtcpFeedback.writePictureLoss(1, 2)).toArray();
        byte[] both = ByteBuffer.allocate(nack.length + loss.length).put(nack).put(loss).array();
        read(both);
        assertThat(missing).isEqualTo(5);
        assertThat(keyFrames).isOne();
        new Mutation("feedback", 1, List.of(nack, loss, both), BOUND).run(this::read);
    }

    private void read(byte[] input) {
        missing = 0;
        keyFrames = 0;
        RtcpFeedback.read(
                ByteBuffer.wrap(input),
                new RtcpFeedback.Requests() {
                    @Override
                    public void missing(int mediaSsrc, int sequence) {
                        outside |= sequence >>> 16 != 0;
                        missing++;
                    }

                    @Override
                    public void keyFrame() {
                        keyFrames++;
                    }
                });
        assertThat(outside).isFalse();
        assertThat(missing).isLessThanOrEqualTo(17 * input.length / 4);
        assertThat(keyFrames).isLessThanOrEqualTo(input.length / 4);
    }
}
