package id.pantau.media.hls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaylistMutationTest {
    static final Mutation.Bound BOUND = new Mutation.Bound(256 << 10, 1000);

    private static final String MEDIA =
            """
            #EXTM3U
            #EXT-X-VERSION:9
            #EXT-X-TARGETDURATION:8
            #EXT-X-MEDIA-SEQUENCE:27
            #EXT-X-MAP:URI="init.mp4",BYTERANGE="721@0"
            #EXT-X-PROGRAM-DATE-TIME:2014-08-25T00:00:00+07:00
            #EXTINF:2.00000,title
            seg1.mp4
            """;

    private static final String MULTIVARIANT =
            """
            #EXTM3U
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English"
            #EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="a,b",RESOLUTION=1x2,FRAME-RATE=24.5
            a.m3u8
            """;

    @Test
    void noDamageToAPlaylistBreaksTheReader() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(MEDIA.getBytes(UTF_8));
        seeds.add(MULTIVARIANT.getBytes(UTF_8));
        if (Samples.present()) {
            for (Path file : Samples.list("mp4/hls", ".m3u8")) {
                seeds.add(Samples.seed(file));
            }
        }
        new Mutation("hls", 1, seeds, BOUND).run(input -> survives(new String(input, UTF_8)));
    }

    static void survives(String text) throws IOException {
        try {
            Playlist playlist = Playlist.parse(text);
            assertThat(Playlist.parse(playlist.text())).isEqualTo(playlist);
        } catch (MalformedPlaylistException _) {
            // refused
        }
    }
}
