package id.pantau.media.webrtc;

import static java.nio.charset.StandardCharsets.UTF_8;

import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Damaged offers of WHIP and WHEP: each is answered or refused in words.
class OfferMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(4 << 20, 2000);

    @Test
    void noDamageToAnOfferBreaksTheAnswer() throws Exception {
        var seeds = new ArrayList<>(List.of(NegotiationTest.CHROME.getBytes(UTF_8)));
        if (Samples.present()) {
            for (Path file : Samples.list("webrtc/sdp", ".sdp")) {
                seeds.add(Samples.seed(file));
            }
        }
        new Mutation("offer", 3, seeds, BOUND)
                .run(input -> OfferSamplesTest.readsOrRefuses(new String(input, UTF_8)));
    }
}
