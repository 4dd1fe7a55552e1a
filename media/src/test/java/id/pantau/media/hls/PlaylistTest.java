package id.pantau.media.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.SampleFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlaylistTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00.123Z");

    @Test
    void aRecordingIsListedAsPlayersWantIt() throws IOException {
        MediaPlaylist playlist =
                MediaPlaylist.vod(
                        List.of(
                                MediaPlaylist.Segment.of(
                                        "s1/0-5.m4s?ticket=a",
                                        Duration.ofMillis(6006),
                                        START,
                                        false,
                                        "s1/init.mp4?ticket=a"),
                                MediaPlaylist.Segment.of(
                                        "s1/6-9.m4s?ticket=a",
                                        Duration.ofNanos(3_999_999_600L),
                                        START.plusMillis(6006),
                                        false,
                                        "s1/init.mp4?ticket=a"),
                                MediaPlaylist.Segment.of(
                                        "s2/0-5.m4s?ticket=a",
                                        Duration.ofMillis(6500),
                                        START.plusSeconds(60),
                                        true,
                                        "s2/init.mp4?ticket=a")));
        String text =
                """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:7
                #EXT-X-MEDIA-SEQUENCE:0
                #EXT-X-PLAYLIST-TYPE:VOD
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MAP:URI="s1/init.mp4?ticket=a"
                #EXT-X-PROGRAM-DATE-TIME:2026-11-21T07:00:00.123Z
                #EXTINF:6.006000,
                s1/0-5.m4s?ticket=a
                #EXT-X-PROGRAM-DATE-TIME:2026-11-21T07:00:06.129Z
                #EXTINF:3.999999,
                s1/6-9.m4s?ticket=a
                #EXT-X-DISCONTINUITY
                #EXT-X-MAP:URI="s2/init.mp4?ticket=a"
                #EXT-X-PROGRAM-DATE-TIME:2026-11-21T07:01:00.123Z
                #EXTINF:6.500000,
                s2/0-5.m4s?ticket=a
                #EXT-X-ENDLIST
                """;
        assertThat(playlist.text()).isEqualTo(text);
        assertThat(((MediaPlaylist) Playlist.parse(text)).segments()).hasSize(3);
    }

    @Test
    void variantsSayCodecsAndSize() throws IOException {
        var playlist =
                MultivariantPlaylist.of(
                        List.of(
                                MultivariantPlaylist.Variant.of(
                                        "main/index.m3u8",
                                        4_000_000,
                                        "avc1.640028,mp4a.40.2",
                                        1920,
                                        1080)));
        assertThat(playlist.text())
                .isEqualTo(
                        """
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-STREAM-INF:BANDWIDTH=4000000,CODECS="avc1.640028,mp4a.40.2",RESOLUTION=1920x1080
                        main/index.m3u8
                        """);
        assertThat(Playlist.parse(playlist.text())).isEqualTo(playlist);
    }

    @Test
    void anAddressCannotSmuggleInATag() {
        var playlist =
                MediaPlaylist.vod(
                        List.of(
                                MediaPlaylist.Segment.of(
                                        "a\n#EXT-X-ENDLIST",
                                        Duration.ofSeconds(1),
                                        null,
                                        false,
                                        "i")));
        assertThatThrownBy(playlist::text).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNoPlaylistIsRefused() {
        for (String text :
                List.of(
                        "",
                        "<html>",
                        "#EXTM3U",
                        "#EXTM3U\n#EXTINF:A,\na.ts",
                        "#EXTM3U\n#EXT-X-TARGETDURATION:-1",
                        "#EXTM3U\n#EXTINF:1e999999999,\na.ts",
                        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1")) {
            assertThatThrownBy(() -> Playlist.parse(text))
                    .as(text)
                    .isInstanceOf(MalformedPlaylistException.class);
        }
    }

    @Test
    @Tag("samples")
    void playlistsOfRealServersAreReadAndRewritten() throws IOException {
        List<Path> files = SampleFolder.files(SampleFolder.of("mp4/hls"), ".m3u8");
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            String text = Files.readString(file);
            Playlist playlist = Playlist.parse(text);
            assertThat(Playlist.parse(playlist.text())).as("%s", file).isEqualTo(playlist);
            int addresses =
                    (int) text.lines().filter(it -> !it.isBlank() && !it.startsWith("#")).count();
            int read =
                    switch (playlist) {
                        case MediaPlaylist media -> media.segments().size();
                        case MultivariantPlaylist multivariant -> multivariant.variants().size();
                    };
            assertThat(read).as("%s", file).isEqualTo(addresses);
        }
    }

    @Test
    @Tag("samples")
    void theCorpusIsSurvived() throws IOException {
        Path corpus = SampleFolder.of("mp4/fuzz").resolve("playlist.FuzzPlaylistUnmarshal.jsonl");
        for (byte[] input : SampleFolder.corpus(corpus)) {
            survives(new String(input, StandardCharsets.UTF_8));
        }
    }

    @Test
    void readersSurviveMutation() throws IOException {
        long seed = Long.getLong("pantau.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        String whole =
                """
                #EXTM3U
                #EXT-X-VERSION:9
                #EXT-X-TARGETDURATION:8
                #EXT-X-MEDIA-SEQUENCE:27
                #EXT-X-MAP:URI="init.mp4",BYTERANGE="721@0"
                #EXT-X-PROGRAM-DATE-TIME:2014-08-25T00:00:00+07:00
                #EXTINF:2.00000,title
                seg1.mp4
                #EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="a,b",RESOLUTION=1x2,FRAME-RATE=24.5
                a.m3u8
                """;
        long end =
                System.nanoTime() + Long.getLong("pantau.mutation.seconds", 1) * 1_000_000_000 / 4;
        while (System.nanoTime() < end) {
            var text = new StringBuilder(whole);
            for (int i = random.nextInt(8); i >= 0; i--) {
                int at = random.nextInt(text.length() - 8);
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(128));
                    case 1 -> text.delete(at, at + random.nextInt(8));
                    default -> text.insert(at, text.substring(at, at + 8));
                }
            }
            survives(text.toString());
        }
    }

    private static void survives(String text) throws IOException {
        try {
            Playlist playlist = Playlist.parse(text);
            assertThat(Playlist.parse(playlist.text())).as(text).isEqualTo(playlist);
        } catch (MalformedPlaylistException _) {
            // refused
        }
    }
}
