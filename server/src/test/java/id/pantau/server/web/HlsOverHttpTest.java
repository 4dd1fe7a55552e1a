package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.hls.MediaPlaylist;
import id.pantau.media.hls.Playlist;
import id.pantau.media.hls.PlaylistTag;
import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.server.camera.StreamOpener;
import id.pantau.server.live.HlsStreams;
import id.pantau.testkit.BrowserScript;
import id.pantau.testkit.GoldenMedia;
import id.pantau.vision.FfmpegProgram;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Live HLS through the whole server, by ffmpeg and by a browser; only the camera is a file.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HlsOverHttpTest {
    private static final String MAIN = "/hls/cam-aac/main/";

    private WholeServer server;
    private String admin;

    /// `rtsp://192.0.2.1/H264_AAC` plays that clip.
    private static final StreamOpener FILES =
            (source, _, _) -> {
                String clip = source.url().getPath().substring(1);
                return OpenedStream.of(new FilePlayer(GoldenMedia.valueOf(clip).path()));
            };

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        server = new WholeServer(home.resolve("home"), FILES);
        admin = server.adminToken();
        add("cam-aac", GoldenMedia.H264_AAC);
        add("cam-g711", GoldenMedia.H264_PCMA);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void add(String id, GoldenMedia clip) throws Exception {
        var answer =
                server.send(
                        admin,
                        "POST",
                        "/api/v1/cameras",
                        """
                        {"id": "%s", "name": "%s", "main": {"url": "rtsp://192.0.2.1/%s"},
                         "sub": {"url": "rtsp://192.0.2.1/H264_SMALL"},
                         "recording": {"mode": "off"}}
                        """
                                .formatted(id, id, clip));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private String ticket(String camera) throws Exception {
        return server.send(admin, "POST", "/api/v1/cameras/%s/tickets".formatted(camera), "{}")
                .json()
                .get("ticket")
                .stringValue();
    }

    private String address(String path) {
        return "http://localhost:" + server.server().port() + path;
    }

    private MediaPlaylist playlist(String query) throws Exception {
        var answer = server.get(admin, MAIN + "index.m3u8" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (MediaPlaylist) Playlist.parse(answer.body());
    }

    private static String hint(MediaPlaylist playlist) {
        String value = playlist.trailing().getLast().value();
        return value.substring(value.indexOf('"') + 1, value.lastIndexOf('"'));
    }

    @Test
    void playlistsAreNeverStoredAndMediaIsForAMinute() throws Exception {
        var text = server.get(admin, MAIN + "index.m3u8").response();
        assertThat(text.headers().firstValue("Content-Type"))
                .hasValue("application/vnd.apple.mpegurl");
        assertThat(text.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(text.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();

        MediaPlaylist playlist = playlist("");
        var segment = server.get(admin, MAIN + playlist.segments().getFirst().uri()).response();
        assertThat(segment.statusCode()).isEqualTo(200);
        assertThat(segment.headers().firstValue("Content-Type")).hasValue("video/iso.segment");
        assertThat(segment.headers().firstValue("Cache-Control"))
                .hasValue("private, max-age=60, immutable");
        var head = server.send(admin, "HEAD", MAIN + playlist.segments().getFirst().uri(), null);
        assertThat(head.response().headers().firstValueAsLong("Content-Length"))
                .hasValue(segment.body().length);
    }

    @Test
    void theHintedPartComesAndTheReloadThatAsksForItListsIt() throws Exception {
        MediaPlaylist now = playlist("");
        String hinted = hint(now);
        String[] numbers = hinted.replace(".m4s", "").split("-", -1);
        var part = server.get(admin, MAIN + hinted);
        var next = playlist("?_HLS_msn=%s&_HLS_part=%s".formatted(numbers[1], numbers[2]));

        assertThat(part.status()).isEqualTo(200);
        Stream<PlaylistTag> tags =
                Stream.concat(
                        next.trailing().stream(),
                        next.segments().stream().flatMap(segment -> segment.tags().stream()));
        assertThat(tags.map(PlaylistTag::value)).anyMatch(value -> value.contains(hinted + "\""));
    }

    @Test
    void theTicketIsPutBehindEveryName() throws Exception {
        String query = "?ticket=" + ticket("cam-aac");
        var playlist = server.get(null, MAIN + "index.m3u8" + query);
        assertThat(playlist.status()).isEqualTo(200);
        List<String> names =
                playlist.body()
                        .lines()
                        .filter(line -> !line.startsWith("#") || line.contains("URI="))
                        .toList();
        assertThat(names).isNotEmpty().allMatch(line -> line.contains(query));
        String segment = names.stream().filter(line -> !line.startsWith("#")).findFirst().get();
        assertThat(server.get(null, MAIN + segment).status()).isEqualTo(200);
        assertThat(server.get(null, "/hls/cam-g711/main/index.m3u8" + query).status())
                .isEqualTo(404);
        assertThat(server.get(null, "/hls/cam-aac/index.m3u8" + query).body())
                .contains("main/index.m3u8" + query);
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        playlist("");
        assertThat(status("index.m3u8?_HLS_msn=999999999999")).isEqualTo(400);
        assertThat(status("index.m3u8?_HLS_msn=abc")).isEqualTo(400);
        assertThat(status("index.m3u8?_HLS_part=1")).isEqualTo(400);
        assertThat(status("segment-1.m4s")).isEqualTo(404);
        assertThat(status("part-1-1.m4s")).isEqualTo(404);
        assertThat(status("init-1.mp4")).isEqualTo(404);
        assertThat(status("segment-abc.m4s")).isEqualTo(404);
        assertThat(server.get(admin, "/hls/cam-aac/other/index.m3u8").status()).isEqualTo(404);
        assertThat(server.get(null, MAIN + "index.m3u8").status()).isEqualTo(401);
    }

    private int status(String name) throws Exception {
        return server.get(admin, MAIN + name).status();
    }

    /// More than any pool of platform threads has.
    @Test
    @Timeout(60)
    void waitingPlayersHoldNoPlatformThreads() throws Exception {
        MediaPlaylist now = playlist("");
        long ahead = now.mediaSequence() + now.segments().size() + 1;
        URI reload = URI.create(address(MAIN + "index.m3u8?_HLS_msn=" + ahead));
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<Void>>> waiting = new ArrayList<>();
            for (int player = 0; player < 400; player++) {
                HttpRequest request =
                        HttpRequest.newBuilder(reload)
                                .header("Authorization", "Bearer " + admin)
                                .build();
                waiting.add(http.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
            }
            assertThat(playlist("").segments()).isNotEmpty();
            for (CompletableFuture<HttpResponse<Void>> one : waiting) {
                assertThat(one.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void ffmpegPlaysAStreamAndItsChoiceOfStreams() throws Exception {
        for (String path : List.of("/hls/cam-aac/index.m3u8", "/hls/cam-g711/main/index.m3u8")) {
            String url = address(path + "?ticket=" + ticket(path.split("/", -1)[2]));
            var outcome =
                    FfmpegProgram.load()
                            .run(
                                    List.of(
                                            "-v", "warning", "-stats", "-i", url, "-t", "6", "-f",
                                            "null", "-"),
                                    Duration.ofSeconds(40));
            assertThat(outcome.exitCode()).as(outcome.text()).isZero();
            assertThat(outcome.text())
                    .doesNotContainIgnoringCase("error")
                    .doesNotContainIgnoringCase("non-monoton")
                    .doesNotContain("discarded");
            assertThat(outcome.text()).containsPattern("time=00:00:0[56]");
        }
    }

    @Test
    @Tag("browser")
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void hlsJsPlaysBothWaysInARealBrowser() throws Exception {
        Assumptions.assumeTrue(
                BrowserScript.missing().isEmpty(), () -> BrowserScript.missing().orElseThrow());
        BrowserScript.run(
                "hls.mjs",
                address(""),
                "/hls/cam-aac/index.m3u8?ticket=" + ticket("cam-aac"),
                "/hls/cam-g711/main/index.m3u8?ticket=" + ticket("cam-g711"));
        assertThat(server.server().bean(HlsStreams.class).streamCount()).isPositive();
    }
}
