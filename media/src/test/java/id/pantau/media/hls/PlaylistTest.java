package id.pantau.media.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
                        "#EXTM3U\n#EXTINF:9999999999,\na.ts",
                        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1")) {
            assertThatThrownBy(() -> Playlist.parse(text))
                    .as(text)
                    .isInstanceOf(MalformedPlaylistException.class);
        }
    }

    @Test
    void aDateThatCannotBeReadDoesNotUndoOneThatCan() throws IOException {
        var playlist =
                (MediaPlaylist)
                        Playlist.parse(
                                """
                                #EXTM3U
                                #EXT-X-TARGETDURATION:2
                                #EXT-X-PROGRAM-DATE-TIME:2026-11-21T07:00:00.123Z
                                #EXT-X-PROGRAM-DATE-TIME:2026-11-21T07:0
                                #EXTINF:2,
                                a.mp4
                                """);
        assertThat(playlist.segments().getFirst().programDateTime()).isEqualTo(START);
        assertThat(Playlist.parse(playlist.text())).isEqualTo(playlist);
    }

    @Test
    void aTagWithoutItsValueIsStillThatTag() throws IOException {
        Playlist playlist = Playlist.parse("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA:\n");
        assertThat(playlist).isInstanceOf(MultivariantPlaylist.class);
        assertThat(Playlist.parse(playlist.text())).isEqualTo(playlist);
    }

    @Test
    void aTagThatEndsInABlankIsTheSameAfterRewriting() throws Exception {
        Playlist playlist = Playlist.parse("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-OURS\t:\n");
        assertThat(Playlist.parse(playlist.text())).isEqualTo(playlist);
    }

    @Test
    @Tag("samples")
    void playlistsOfRealServersAreReadAndRewritten() throws IOException {
        List<Path> files = Samples.list("mp4/hls", ".m3u8");
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            String text = Samples.text(file);
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
    void theCorpusIsSurvived() throws Exception {
        Path corpus = Samples.folder("mp4/fuzz").resolve("playlist.FuzzPlaylistUnmarshal.jsonl");
        for (byte[] input : Samples.corpus(corpus)) {
            Mutation.check(
                    input,
                    PlaylistMutationTest.BOUND,
                    bytes ->
                            PlaylistMutationTest.survives(
                                    new String(bytes, StandardCharsets.UTF_8)));
        }
    }
}
