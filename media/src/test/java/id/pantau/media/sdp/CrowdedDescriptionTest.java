package id.pantau.media.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Mutation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrowdedDescriptionTest {
    /// Found by mutation: 13 KB of `m=` lines took 187 MB, and four times as many sixteen times so.
    @Test
    void manyMediaTypesAndAttributesCostNoMoreThanTheirSize() throws Exception {
        String numbers =
                IntStream.range(0, 128)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" "));
        for (String line :
                List.of(
                        "m=video 0 RTP/AVP/TCP 96\n",
                        "m=video 0 RTP/AVP " + numbers + "\n",
                        "m=video 0 RTP/AVP " + numbers + " 13".repeat(5000) + "\n",
                        "m=video 0 RTP/AVP 96\na=rtpmap:97 H264/90000\na=fmtp:9 a=b\n")) {
            byte[] crowded =
                    ("v=0\n" + line.repeat(Math.max(20, 20_000 / line.length()))).getBytes(UTF_8);
            Mutation.check(
                    crowded,
                    new Mutation.Bound(2 << 20, 500),
                    input -> {
                        var description = SessionDescription.parse(new String(input, UTF_8));
                        assertThat(description.media()).hasSize(16);
                        TrackChoice.choose(description);
                        assertThat(TrackChoice.offered(description)).isNotEmpty();
                    });
        }
    }
}
